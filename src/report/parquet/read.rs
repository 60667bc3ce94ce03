//! Reads back a table that [`super::Writing`] wrote, one group of rows at a time.

use parquet::basic::{LogicalType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{ChunkReader, FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::Type;

use crate::report::parquet::{Fault, Field, Kind, Series, Word};

/// A table that is being read.
pub struct Reading<R: ChunkReader + 'static> {
    file: SerializedFileReader<R>,
    fields: Vec<Field>,
}

impl<R: ChunkReader + 'static> Reading<R> {
    /// Opens a table.
    ///
    /// # Errors
    /// [`Fault`] if it is no Parquet file, or has columns that this program does not write.
    pub fn new(source: R) -> Result<Self, Fault> {
        let file = SerializedFileReader::new(source)?;
        let columns = file.metadata().file_metadata().schema_descr().root_schema().get_fields();
        let fields = columns.iter().map(|column| field(column)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { file, fields })
    }

    /// Its columns.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The value of a key that is kept with it.
    pub fn note(&self, key: &str) -> Option<&str> {
        let notes = self.file.metadata().file_metadata().key_value_metadata()?;
        notes.iter().find(|note| note.key == key).and_then(|note| note.value.as_deref())
    }

    /// Every key and value that is kept with it, in order.
    pub fn notes(&self) -> Vec<(String, String)> {
        let notes = self.file.metadata().file_metadata().key_value_metadata();
        let notes = notes.into_iter().flatten();
        notes.map(|note| (note.key.clone(), note.value.clone().unwrap_or_default())).collect()
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        u64::try_from(self.file.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// How many groups of rows it has.
    pub fn groups(&self) -> usize {
        self.file.num_row_groups()
    }

    /// The rows of a group, one series for each column.
    ///
    /// # Errors
    /// [`Fault`] if the file is damaged.
    pub fn group(&self, at: usize) -> Result<Vec<Series>, Fault> {
        let group = self.file.get_row_group(at)?;
        (0..self.fields.len()).map(|column| series(&*group, column, &self.fields[column])).collect()
    }
}

fn field(column: &Type) -> Result<Field, Fault> {
    let info = column.get_basic_info();
    let unknown = || Fault::Kind(column.name().to_owned());
    if !column.is_primitive() {
        return Err(unknown());
    }
    let kind = match (column.get_physical_type(), info.logical_type_ref()) {
        (Physical::INT64, None) => Kind::Whole,
        (Physical::INT32, None) => Kind::Small,
        (Physical::BOOLEAN, None) => Kind::Flag,
        (Physical::BYTE_ARRAY, Some(LogicalType::String)) => Kind::Text,
        (Physical::INT64, Some(LogicalType::Decimal(_))) => {
            Kind::Decimal(u32::try_from(column.get_scale()).map_err(|_| unknown())?)
        }
        _ => return Err(unknown()),
    };
    Ok(Field { name: column.name().to_owned(), kind, gaps: column.is_optional() })
}

fn series(group: &dyn RowGroupReader, column: usize, field: &Field) -> Result<Series, Fault> {
    let rows = usize::try_from(group.metadata().num_rows()).map_err(|_| Fault::Kind(field.name.clone()))?;
    let found = match (group.get_column_reader(column)?, field.kind) {
        (ColumnReader::Int64ColumnReader(it), Kind::Whole | Kind::Decimal(_)) => {
            Series::Whole(values(it, rows, field)?)
        }
        (ColumnReader::Int32ColumnReader(it), Kind::Small) => Series::Small(values(it, rows, field)?),
        (ColumnReader::BoolColumnReader(it), Kind::Flag) => Series::Flag(values(it, rows, field)?),
        (ColumnReader::ByteArrayColumnReader(it), Kind::Text) => {
            Series::Text(values(it, rows, field)?.into_iter().map(|word| word.map(Word)).collect())
        }
        _ => return Err(Fault::Kind(field.name.clone())),
    };
    Ok(found)
}

fn values<T: DataType>(
    mut column: ColumnReaderImpl<T>,
    rows: usize,
    field: &Field,
) -> Result<Vec<Option<T::T>>, Fault> {
    let (mut there, mut found) = (Vec::new(), Vec::new());
    let (read, _, _) = column.read_records(rows, field.gaps.then_some(&mut there), None, &mut found)?;
    if read != rows {
        return Err(Fault::Kind(field.name.clone()));
    }
    if !field.gaps {
        return Ok(found.into_iter().map(Some).collect());
    }
    let mut found = found.into_iter();
    Ok(there.into_iter().map(|there| if there == 0 { None } else { found.next() }).collect())
}
