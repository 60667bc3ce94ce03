//! Numbers of a lane: 32 or 64 bits, the column in the six lowest.

/// Bits of the column.
pub(super) const SHIFT: u32 = 6;

/// A number in a lane. The constants stand to one another as `Width`'s do, six bits higher.
pub(in crate::kernel::transport) trait Lane:
    Copy + Ord + Default + std::fmt::Debug + std::ops::Add<Output = Self> + std::ops::Sub<Output = Self>
{
    const FAR: Self;
    const CLOSED: Self;
    /// Price of a column that is done with: nothing comes near it.
    const GONE: Self;
    /// Twice the largest alternating sum of costs may be this, and so may a price in absolute value.
    const HALF: i64;
    fn lane(number: i64) -> Self;
    fn number(self) -> i64;
    /// The cell without its column.
    fn bare(self) -> Self;
    fn column(self) -> usize;
    /// Nought, one, two, …
    fn numbers<const N: usize>() -> [Self; N];
}

macro_rules! lane {
    ($t:ty, $bits:literal) => {
        impl Lane for $t {
            const FAR: Self = 1 << ($bits - 4);
            const CLOSED: Self = 1 << ($bits - 3);
            const GONE: Self = -(1 << ($bits - 2));
            const HALF: i64 = 1 << ($bits - 5 - SHIFT);

            #[inline(always)]
            #[expect(clippy::allow_attributes, reason = "the next line is needed for one of the two")]
            #[allow(
                clippy::cast_possible_truncation,
                trivial_numeric_casts,
                reason = "fits by `Plane::fits`, or is an agent"
            )]
            fn lane(number: i64) -> Self {
                number as $t
            }

            #[inline(always)]
            #[allow(clippy::unnecessary_cast, clippy::useless_conversion, reason = "needed for one of the two")]
            fn number(self) -> i64 {
                i64::from(self)
            }

            #[inline(always)]
            fn bare(self) -> Self {
                self & !63
            }

            #[inline(always)]
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "six bits")]
            fn column(self) -> usize {
                (self & 63) as usize
            }

            #[inline(always)]
            #[expect(clippy::allow_attributes, reason = "the next line is needed for one of the two")]
            #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "at most 64 lanes")]
            fn numbers<const N: usize>() -> [Self; N] {
                const {
                    let mut numbers = [0; N];
                    let mut j = 0;
                    while j < N {
                        numbers[j] = j as $t;
                        j += 1;
                    }
                    numbers
                }
            }
        }
    };
}

lane!(i32, 32);
lane!(i64, 64);
