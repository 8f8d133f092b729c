//! Tables drawn with letters: each character is a square of the page.

use super::aligned;
use super::geometry::Area;
use super::grid::{self, Grid};
use super::hyphens::Vocabulary;
use super::lines::{self, Item};
use super::page_words;
use super::paragraphs::{Setting, paragraphs};
use super::refine;
use super::rules::{Rule, Rules};
use super::words::Word;
use crate::page::Rgb;
use crate::read::pdf::page::{Font, Glyph, PdfPage, Sign};

/// The width of a character, the height of a line, the size of the letters.
const WIDE: f32 = 5.0;
const HIGH: f32 = 12.0;
const SIZE: f32 = 10.0;

/// The words and the lines of a drawing: `-` and `|` are lines, `+` where they meet; all else is text.
fn drawn(drawing: &str) -> (Vec<Word>, Rules) {
    let squares: Vec<Vec<char>> = drawing.lines().map(|line| line.chars().collect()).collect();
    let at = |row: usize, column: usize| squares.get(row).and_then(|line| line.get(column)).copied().unwrap_or(' ');
    let mut words = Vec::new();
    let mut rules = Rules::default();
    for (row, line) in squares.iter().enumerate() {
        let y = row as f32 * HIGH;
        let mut column = 0;
        while column < line.len() {
            let start = column;
            let is_rule = |c: char| matches!(c, '-' | '+');
            if is_rule(line[column]) && is_rule(at(row, column + 1)) {
                while is_rule(at(row, column)) {
                    column += 1;
                }
                let half = WIDE / 2.0;
                rules.across.push(Rule {
                    at: y + HIGH / 2.0,
                    from: start as f32 * WIDE + half,
                    to: column as f32 * WIDE - half,
                });
            } else if matches!(line[column], ' ' | '|' | '+') {
                column += 1;
            } else {
                while !matches!(at(row, column), ' ' | '|' | '+') {
                    column += 1;
                }
                let text: String = line[start..column].iter().collect();
                words.push(word(&text, start as f32 * WIDE, y));
            }
        }
    }
    for column in 0..squares.iter().map(Vec::len).max().unwrap_or(0) {
        let is_rule = |row: usize| matches!(at(row, column), '|' | '+');
        let mut row = 0;
        while row < squares.len() {
            let start = row;
            while is_rule(row) {
                row += 1;
            }
            if row > start + 1 {
                let (from, to) = (start as f32 * HIGH + HIGH / 2.0, row as f32 * HIGH - HIGH / 2.0);
                rules.down.push(Rule { at: (column as f32 + 0.5) * WIDE, from, to });
            }
            row += 1;
        }
    }
    (words, rules)
}

fn word(text: &str, x: f32, y: f32) -> Word {
    Word {
        text: text.to_owned(),
        area: Area { x0: x, y0: y, x1: x + text.chars().count() as f32 * WIDE, y1: y + SIZE },
        baseline: y + 0.78 * SIZE,
        size: SIZE,
        bold: false,
        italic: false,
        colour: Rgb::BLACK,
        link: None,
        glued: false,
        first: 1.0,
        spaced: false,
        turn: 0,
    }
}

/// The texts of a grid, row by row; `<` and `^` where a merged cell covers.
fn shown(grid: &Grid, words: &[Word]) -> Vec<String> {
    let columns = grid.xs.len() - 1;
    let mut squares = vec![vec![String::new(); columns]; grid.ys.len() - 1];
    for cell in &grid.cells {
        for row in squares.iter_mut().skip(cell.row).take(cell.rowspan) {
            for (column, square) in row.iter_mut().enumerate().skip(cell.column).take(cell.colspan) {
                *square = if column > cell.column { "<" } else { "^" }.to_owned();
            }
        }
        let inside = words.iter().filter(|word| cell.area.holds(word.area.centre()));
        let text: Vec<&str> = inside.map(|word| word.text.as_str()).collect();
        squares[cell.row][cell.column] = text.join(" ");
    }
    squares.into_iter().map(|row| row.join(" / ")).collect()
}

fn unruled(drawing: &str) -> Vec<Vec<String>> {
    let (words, rules) = drawn(drawing);
    let lines = lines::lines(words.iter().cloned().map(Item::Word).collect());
    aligned::grids(&lines, &rules.across).iter().map(|grid| shown(grid, &words)).collect()
}

fn ruled(drawing: &str) -> Vec<Vec<String>> {
    let (words, rules) = drawn(drawing);
    let grids = grid::grids(&rules, &words);
    grids.into_iter().filter_map(|grid| refine::refine(grid, &words)).map(|grid| shown(&grid, &words)).collect()
}

#[test]
fn columns_of_values_may_stand_close() {
    let found = unruled(
        "
Region            2009  2010
Old town          1,530 1,029
New town            855 2,108
The harbour area  2,783 1,884
Whole city        5,168 5,021
",
    );
    let rows = ["Region / 2009 / 2010", "Old town / 1,530 / 1,029", "New town / 855 / 2,108"];
    assert_eq!(found[0][..3], rows);
    assert_eq!(found[0].len(), 5);
}

#[test]
fn labels_of_two_words_are_one_column() {
    let found = unruled(
        "
Kind       Share    Number
Big ones   10.0     1000
Small it   20.0     2000
Other so   30.0     3000
",
    );
    assert_eq!(
        found,
        [["Kind / Share / Number", "Big ones / 10.0 / 1000", "Small it / 20.0 / 2000", "Other so / 30.0 / 3000"]]
    );
}

#[test]
fn a_heading_lies_over_the_columns_that_its_line_covers() {
    let found = unruled(
        "
--------------------------------
              Cases
          ---------------   Beds
Country   Women       Men   2010
--------------------------------
Norway       12        13     14
Sweden       22        23     24
Finland      32        33     34
--------------------------------
",
    );
    assert_eq!(
        found,
        [[
            " / Cases / < / ",
            "Country / Women / Men / Beds 2010",
            "Norway / 12 / 13 / 14",
            "Sweden / 22 / 23 / 24",
            "Finland / 32 / 33 / 34"
        ]]
    );
}

#[test]
fn a_title_and_a_note_are_left_out() {
    let found = unruled(
        "
Table 4.   Beds and cases in the whole of the   region
-----------------------------------------------
Country         Cases          Beds
-----------------------------------------------
Norway             12            14
Sweden             22            24
Finland            32            34
-----------------------------------------------
Note that the figures of the last year are not yet known
",
    );
    assert_eq!(found, [["Country / Cases / Beds", "Norway / 12 / 14", "Sweden / 22 / 24", "Finland / 32 / 34"]]);
}

#[test]
fn a_page_of_two_columns_is_no_table() {
    let line = "Running text that goes on to the edge      and more of it in the second column\n";
    assert!(unruled(&line.repeat(20)).is_empty());
}

#[test]
fn a_table_in_one_column_of_a_page_is_found_there() {
    let text = "and here is running text beside the table";
    let mut drawing = String::new();
    for row in 0..16 {
        let left = match row {
            5 => "Country      Cases     Beds",
            6 => "Norway          12       14",
            7 => "Sweden          22       24",
            8 => "Finland         32       34",
            4 | 9 => "",
            _ => "some running text in the first column",
        };
        drawing.push_str(&format!("{left:<42}{text}\n"));
    }
    assert_eq!(
        unruled(&drawing),
        [["Country / Cases / Beds", "Norway / 12 / 14", "Sweden / 22 / 24", "Finland / 32 / 34"]]
    );
}

#[test]
fn values_below_one_another_are_rows_though_no_line_parts_them() {
    let found = ruled(
        "
+---------+-------+-------+
| Age     | Ill   | Well  |
+---------+-------+-------+
| Three   | 1,530 | 1,029 |
| Four    | 1,253 |   855 |
| All     | 2,783 | 1,884 |
+---------+-------+-------+
",
    );
    assert_eq!(found, [["Age / Ill / Well", "Three / 1,530 / 1,029", "Four / 1,253 / 855", "All / 2,783 / 1,884"]]);
}

#[test]
fn text_on_several_lines_stays_one_row() {
    let found = ruled(
        "
+---------+----------+------------+
| Aim     | Activity | Follow-up  |
+---------+----------+------------+
| Shorter | Plan the | 231013     |
| waiting | work for | Begun, not |
| times   | 2024     | done       |
+---------+----------+------------+
",
    );
    assert_eq!(found[0][1], "Shorter waiting times / Plan the work for 2024 / 231013 Begun, not done");
}

#[test]
fn sides_that_are_not_drawn_are_seen_where_words_stand_apart() {
    let found = ruled(
        "
+---------+-------+-------+
| Age     | Ill   | Well  |
+---------+-------+-------+
| Three     1,530   1,029 |
+-------------------------+
| Four      1,253     855 |
+---------+-------+-------+
",
    );
    assert_eq!(found, [["Age / Ill / Well", "Three / 1,530 / 1,029", "Four / 1,253 / 855"]]);
}

#[test]
fn a_heading_over_all_columns_stays_one_cell() {
    let found = ruled(
        "
+-------------------------+
| Ages of all the ill     |
+---------+-------+-------+
| Three   | 1,530 | 1,029 |
+---------+-------+-------+
",
    );
    assert_eq!(found[0][0], "Ages of all the ill / < / <");
}

/// A page of letters, each at its place and painted by an operation.
fn letters(letters: &[(char, f32, u32)]) -> PdfPage {
    let glyphs = letters.iter().map(|&(c, x, order)| Glyph {
        text: Sign::Char(c),
        origin: (x, 100.0),
        advance: (0.5, 0.0),
        size: SIZE,
        font: 0,
        colour: Rgb::BLACK,
        order,
        invisible: false,
    });
    PdfPage {
        number: 1,
        size: (595.0, 842.0),
        glyphs: glyphs.collect(),
        fonts: vec![Font::default()],
        ..PdfPage::default()
    }
}

fn texts(page: &PdfPage) -> Vec<String> {
    page_words::words(page).into_iter().map(|word| word.text).collect()
}

#[test]
fn double_letters_of_a_font_without_widths_are_kept() {
    // One operation paints both: they are two letters, however near.
    assert_eq!(texts(&letters(&[('A', 10.0, 1), ('c', 10.5, 1), ('c', 11.0, 1)])), ["Acc"]);
}

#[test]
fn letters_painted_twice_are_read_once() {
    assert_eq!(texts(&letters(&[('A', 10.0, 1), ('A', 10.2, 2)])), ["A"]);
}

#[test]
fn a_raised_sign_belongs_to_its_word() {
    let raised =
        Word { size: 6.0, baseline: 4.0, area: Area { x0: 10.0, y0: 0.0, x1: 13.0, y1: 6.0 }, ..word("2", 10.0, 0.0) };
    let items = vec![
        Item::Word(raised),
        Item::Word(word("12", -10.0, 0.0)),
        Item::Word(word("m", 5.0, 0.0)),
        Item::Word(word("in", 18.0, 0.0)),
    ];
    let lines = lines::lines(items);
    assert_eq!(lines.iter().map(lines::Line::text).collect::<Vec<_>>(), ["12 m2 in"]);
}

#[test]
fn words_from_the_right_are_read_from_the_right() {
    // As painted from left to right: the last letter first, numbers in their own order.
    assert_eq!(texts(&letters(&[('ם', 10.0, 1), ('ו', 10.6, 1), ('י', 11.2, 1)])), ["יום"]);
}

#[test]
fn a_slanted_line_is_one_piece() {
    let mut page = letters(&[('J', 10.0, 1), ('u', 15.0, 1), ('n', 20.0, 1), ('1', 30.0, 1), ('8', 35.0, 1)]);
    for glyph in &mut page.glyphs {
        // Each letter stands as far down as to the right.
        glyph.origin.1 = 100.0 + glyph.origin.0;
        glyph.advance = (5.0, 5.0);
    }
    assert_eq!(texts(&page), ["Jun 18"]);
}

/// The paragraphs of lines of one column, each word a few points from the one before.
fn joined(rows: &[&str]) -> Vec<String> {
    let mut items = Vec::new();
    for (row, line) in rows.iter().enumerate() {
        let mut x = 10.0;
        for text in line.split(' ') {
            items.push(Item::Word(word(text, x, row as f32 * HIGH)));
            x += (text.chars().count() + 1) as f32 * WIDE;
        }
    }
    let setting = Setting { page: 1, vocabulary: &Vocabulary::default(), links: &[] };
    paragraphs(lines::lines(items), None, &setting).into_iter().map(|(_, paragraph)| paragraph.text()).collect()
}

#[test]
fn a_line_that_begins_with_a_day_as_the_one_above_begins_a_paragraph() {
    // Both lines are full: nothing else tells.
    assert_eq!(
        joined(&["230314 Budgeten är beslutad", "231014 Mötet ställdes in nu."]),
        ["230314 Budgeten är beslutad", "231014 Mötet ställdes in nu."]
    );
    // After a small word or before a small letter the day is one in a sentence.
    assert_eq!(joined(&["230314 Beslutet gäller till", "231014 Mötet ställdes in nu."]).len(), 1);
    assert_eq!(joined(&["230314 Budgeten är beslutad", "231014 vid mötet i Kalmar."]).len(), 1);
}
