//! Tables as Parquet files: typed columns with gaps, the same bytes for the same rows, read back for `merge`.
//!
//! Rows may come in portions of any size: they are cut into groups at fixed counts, so that portions cannot be seen in the file. No
//! dates are written. It knows nothing of what the columns mean; `sweep_rows` does.

mod read;

pub use crate::report::parquet::read::Reading;

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

/// Rows of a group; a reader holds one group of a column in memory.
const GROUP: usize = 65_536;
/// Decimal digits that 64 bits hold.
const DIGITS: i32 = 18;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits.
    Whole,
    /// A whole number of 32 bits.
    Small,
    /// A decimal number with so many decimals.
    Decimal(u32),
    /// Yes or no.
    Flag,
    /// Text, kept once for each value where there are few.
    Text,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name: letters, digits and `_`.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may have gaps.
    pub gaps: bool,
}

impl Field {
    /// A column without gaps.
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), kind, gaps: false }
    }

    /// A column that may have gaps.
    pub fn with_gaps(name: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), kind, gaps: true }
    }
}

/// The values of a column, in the order of the rows; `None` is a gap.
#[derive(Debug, Clone, PartialEq)]
pub enum Series {
    /// Of a column of whole or decimal numbers, in units of the last decimal.
    Whole(Vec<Option<i64>>),
    /// Of a column of small whole numbers.
    Small(Vec<Option<i32>>),
    /// Of a column of flags.
    Flag(Vec<Option<bool>>),
    /// Of a column of text.
    Text(Vec<Option<Word>>),
}

/// A text that is cheap to repeat.
#[derive(Debug, Clone, PartialEq)]
pub struct Word(ByteArray);

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self(ByteArray::from(text))
    }
}

impl Word {
    /// The text; empty where it is none.
    pub fn text(&self) -> &str {
        self.0.as_utf8().unwrap_or_default()
    }
}

/// Why a table cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file.
    #[error("{0}")]
    Parquet(#[from] ParquetError),
    /// Its columns are not such as this program writes.
    #[error("column {0} is not of a kind that this program writes")]
    Kind(String),
}

impl Series {
    /// No values, for a column of this kind.
    pub fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Whole | Kind::Decimal(_) => Series::Whole(Vec::new()),
            Kind::Small => Series::Small(Vec::new()),
            Kind::Flag => Series::Flag(Vec::new()),
            Kind::Text => Series::Text(Vec::new()),
        }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        match self {
            Series::Whole(values) => values.len(),
            Series::Small(values) => values.len(),
            Series::Flag(values) => values.len(),
            Series::Text(values) => values.len(),
        }
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the rows of a series of the same kind.
    ///
    /// # Panics
    /// If it is of another kind (a bug of ours).
    fn extend(&mut self, more: Series) {
        match (self, more) {
            (Series::Whole(values), Series::Whole(more)) => values.extend(more),
            (Series::Small(values), Series::Small(more)) => values.extend(more),
            (Series::Flag(values), Series::Flag(more)) => values.extend(more),
            (Series::Text(values), Series::Text(more)) => values.extend(more),
            (Series::Whole(_) | Series::Small(_) | Series::Flag(_) | Series::Text(_), _) => {
                unreachable!("a column keeps its kind")
            }
        }
    }

    /// Takes away the first rows.
    fn take_first(&mut self, count: usize) -> Series {
        match self {
            Series::Whole(values) => Series::Whole(values.drain(..count).collect()),
            Series::Small(values) => Series::Small(values.drain(..count).collect()),
            Series::Flag(values) => Series::Flag(values.drain(..count).collect()),
            Series::Text(values) => Series::Text(values.drain(..count).collect()),
        }
    }
}

/// A table that is being written.
pub struct Writing<W: Write + Send> {
    file: SerializedFileWriter<W>,
    gaps: Vec<bool>,
    pending: Vec<Series>,
}

impl<W: Write + Send> Writing<W> {
    /// Begins a table with these columns; `notes` are keys and values that are kept with it.
    ///
    /// # Errors
    /// [`Fault`] if the sink cannot be written to.
    pub fn new(sink: W, fields: &[Field], notes: &[(String, String)]) -> Result<Self, Fault> {
        let columns = fields.iter().map(|field| column(field).map(Arc::new)).collect::<Result<Vec<_>, _>>()?;
        let schema = Type::group_type_builder("demerge").with_fields(columns).build()?;
        let notes = notes.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
        let properties = WriterProperties::builder()
            .set_created_by(concat!("demerge ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_writer_version(WriterVersion::PARQUET_1_0)
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_key_value_metadata(Some(notes))
            .build();
        let file = SerializedFileWriter::new(sink, Arc::new(schema), Arc::new(properties))?;
        let gaps = fields.iter().map(|field| field.gaps).collect();
        Ok(Self { file, gaps, pending: fields.iter().map(|field| Series::empty(field.kind)).collect() })
    }

    /// Adds rows: one series for each column, all of one length.
    ///
    /// # Errors
    /// [`Fault`] if the sink cannot be written to.
    ///
    /// # Panics
    /// If the series do not fit the columns (a bug of ours).
    pub fn append(&mut self, rows: Vec<Series>) -> Result<(), Fault> {
        assert_eq!(rows.len(), self.pending.len(), "one series for each column");
        for (pending, more) in self.pending.iter_mut().zip(rows) {
            pending.extend(more);
        }
        while self.pending.first().is_some_and(|first| first.len() >= GROUP) {
            self.write_group(GROUP)?;
        }
        Ok(())
    }

    /// Writes what is left, and the end of the file.
    ///
    /// # Errors
    /// [`Fault`] if the sink cannot be written to.
    pub fn finish(mut self) -> Result<W, Fault> {
        let left = self.pending.first().map_or(0, Series::len);
        if left > 0 {
            self.write_group(left)?;
        }
        Ok(self.file.into_inner()?)
    }

    fn write_group(&mut self, rows: usize) -> Result<(), Fault> {
        let mut group = self.file.next_row_group()?;
        for (pending, &gaps) in self.pending.iter_mut().zip(&self.gaps) {
            match pending.take_first(rows) {
                Series::Whole(values) => write_column::<Int64Type, _>(&mut group, values, gaps)?,
                Series::Small(values) => write_column::<Int32Type, _>(&mut group, values, gaps)?,
                Series::Flag(values) => write_column::<BoolType, _>(&mut group, values, gaps)?,
                Series::Text(values) => {
                    let values = values.into_iter().map(|word| word.map(|word| word.0)).collect();
                    write_column::<ByteArrayType, _>(&mut group, values, gaps)?;
                }
            }
        }
        group.close()?;
        Ok(())
    }
}

/// Writes the next column of a group: the values that are there, and for each row whether it is.
fn write_column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: Vec<Option<T::T>>,
    gaps: bool,
) -> Result<(), Fault> {
    let mut column = group.next_column()?.expect("a series for each column");
    let there: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&values, gaps.then_some(there.as_slice()), None)?;
    column.close()?;
    Ok(())
}

fn column(field: &Field) -> Result<Type, ParquetError> {
    let (physical, logical) = match field.kind {
        Kind::Whole => (Physical::INT64, None),
        Kind::Small => (Physical::INT32, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Decimal(scale) => {
            (Physical::INT64, Some(LogicalType::decimal(i32::try_from(scale).unwrap_or(DIGITS), DIGITS)))
        }
    };
    let repetition = if field.gaps { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let mut column = Type::primitive_type_builder(&field.name, physical).with_repetition(repetition);
    if let Kind::Decimal(scale) = field.kind {
        column = column.with_precision(DIGITS).with_scale(i32::try_from(scale).unwrap_or(DIGITS));
    }
    column.with_logical_type(logical).build()
}
