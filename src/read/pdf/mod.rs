//! PDF → [`Document`].
mod device;
mod page;
mod shapes;
mod source;
