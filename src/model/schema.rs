use schemars::{JsonSchema, Schema, generate::SchemaSettings};

use super::Document;

/// The JSON Schema (2020-12) of [`Document`] as it is written.
pub fn schema() -> Schema {
    schema_of::<Document>()
}

/// The JSON Schema (2020-12) of anything as it is written.
pub fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}
