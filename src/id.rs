//! Typed ids: a `PersonId` can never index the posts.
//!
//! An id is the position of a record in its [`Table`], and a table is sorted by the text id of the files. So the
//! order of ids is the order of text ids, whatever the order of the rows, and every tie that goes "to the lower id"
//! is decided by what people can see.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A position in a table of one kind of record.
pub trait Id: Copy + Ord + Debug {
    /// The id of the record at this position.
    fn at(position: usize) -> Self;
    /// The position of the record.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Id for $name {
            fn at(position: usize) -> Self {
                Self(u32::try_from(position).expect("a table holds fewer than 2^32 records"))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// One of the authorities that separate.
    AuthorityId,
    /// A version of one authority's interim structure.
    StructureId,
    /// A pay grade.
    GradeId,
    /// A person employed jointly today.
    PersonId,
    /// A post that is shared today.
    JointPostId,
    /// A post in an interim structure.
    PostId,
}

/// Records of one kind, indexed by their own id type only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<I, T> {
    rows: Vec<T>,
    kind: PhantomData<I>,
}

impl<I: Id, T> Table<I, T> {
    /// A table of these records in this order.
    pub fn new(rows: Vec<T>) -> Self {
        Self { rows, kind: PhantomData }
    }

    /// A table with one `value` for each of `count` ids.
    pub fn filled(value: T, count: usize) -> Self
    where
        T: Clone,
    {
        Self::new(vec![value; count])
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every id, lowest first.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.rows.len()).map(I::at)
    }

    /// Every id with its record, lowest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.rows.iter().enumerate().map(|(i, row)| (I::at(i), row))
    }

    /// Every record, lowest id first.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.rows[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.index()]
    }
}
