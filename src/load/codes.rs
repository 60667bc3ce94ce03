//! Every code that `load` can print, in one table: `docs/ERRORS.md` and the tests are checked against it.
//!
//! A code is never given a second meaning; one that falls out of use leaves a gap.

use crate::diagnostic::Severity;

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $title:literal;)*) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $name),*
        }

        impl Code {
            /// Every code, lowest first.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The stable code, such as `L205`.
            pub fn code(self) -> &'static str {
                match self { $(Code::$name => $code),* }
            }

            /// Whether it stops the run.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }

            /// The line that says what is wrong.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title),* }
            }
        }
    };
}

codes! {
    MissingTable "L101" Error "a table is missing";
    MissingColumn "L102" Error "a column is missing";
    EmptyFile "L103" Error "there is no header row";
    HeadingTwice "L104" Error "a heading stands twice";
    WrongSeparator "L105" Error "the cells are not separated by commas";
    NotUtf8 "L106" Error "the text is not UTF-8";
    NulByte "L107" Error "a cell holds a NUL byte";
    OpenQuote "L108" Error "a quotation mark is never closed";
    Ragged "L109" Error "a row does not have as many cells as the header";
    TooManyRows "L110" Error "there are too many rows";
    HeaderAgain "L111" Error "the header row stands again among the rows";
    NotAWorkbook "L112" Error "this is not an .xlsx workbook";
    Password "L113" Error "the workbook is protected with a password";
    TooMuchInside "L114" Error "the workbook unpacks to far more than a case can hold";
    DamagedWorkbook "L115" Error "the workbook cannot be read";
    StrayCells "L116" Warning "there are cells far away from the table";
    UnknownColumns "L117" Notice "columns that the program does not know are not read";
    UnknownFile "L118" Notice "this is not part of a case and is not read";
    HeadingSpelling "L119" Notice "headings were read although they are spelt otherwise";
    Assumed "L120" Warning "a table is missing, so its content was assumed";
    NoMatches "L121" Error "the job matches are missing";
    NoRows "L122" Error "the table has no rows";
    TableTwice "L123" Error "a table stands twice";

    Blank "L201" Error "a cell is blank";
    NotANumber "L202" Error "this is not a number";
    ThousandsSeparator "L203" Error "a number has a thousands separator";
    TooManyDecimals "L204" Error "a number has too many decimals";
    OutOfRange "L205" Error "a number is out of range";
    UnknownWord "L206" Error "the column does not know this word";
    NotAFlag "L207" Error "this is neither yes nor no";
    DateOrder "L208" Error "a date is not written year first";
    NotADate "L209" Error "this is not a date";
    FormulaError "L210" Error "a formula in the spreadsheet went wrong";
    LongCell "L211" Error "a cell is too long";
    PersonName "L212" Error "an id looks like a person's name";
    TotalsRow "L213" Error "a totals row stands among the rows";
    DuplicateKey "L214" Error "a key stands twice";
    BadId "L215" Error "an id holds a character that ids cannot hold";
    PayRange "L216" Error "a pay range is upside down";

    UnknownId "L301" Error "an id is not in the table that it refers to";
    Shares "L302" Error "the shares of a joint post do not come to 100 %";
    ForeignStructure "L303" Error "a post lists a structure of another authority";
    TooFewAuthorities "L304" Error "there are fewer than two authorities";
    PinConflict "L305" Error "two pins contradict each other";
    SelfLink "L306" Error "a person is linked with themselves";
    LinkConflict "L307" Error "two links contradict each other";
    PreferenceNotOffered "L308" Warning "a person ranked a post that is not on offer";
    NoPair "L309" Warning "there is no post that this person may take";
    NoTaker "L310" Warning "there is nobody who may take this post";
    PinNotOffered "L311" Warning "a person is pinned to a post that they may not take";
    SharedStructure "L312" Error "two authorities list one structure";
    GradeDifference "L313" Warning "a grade difference is not that of the grades";

    TomlSyntax "L401" Error "a file cannot be read as TOML";
    UnknownKey "L402" Error "a scenario has no such key";
    WrongType "L403" Error "a value is of the wrong kind";
    MissingKey "L404" Error "a key is missing";
    ScenarioWord "L405" Error "a scenario knows no such word here";
    ScenarioId "L406" Error "a scenario names something that is not in the case";
    ScenarioRange "L407" Error "a number in a scenario is out of range";
    NoStructure "L408" Error "a scenario chooses no structure for an authority";
    WrongStructure "L409" Error "a scenario chooses a structure of another authority";
    ObjectiveTwice "L410" Error "an objective stands twice";
    Contradiction "L411" Error "a fairness clause contradicts itself";
    NoBudget "L412" Error "a budget clause has no limit";
    NoSuchFunction "L413" Warning "no post lists the function of a cover clause";
    RoleUnheld "L414" Warning "nobody can cover a statutory role";
    NoSeats "L415" Warning "an authority of a vacancy_gap clause offers no seats";
    NoRoles "L416" Warning "the objective statutory has no roles to count";
    TravelMissing "L417" Warning "miles are missing for the objective travel";
    IdNotFileName "L418" Warning "the id of a scenario is not its file name";
    ScenarioTwice "L419" Error "two scenarios have one id";
    NoSuchScenario "L420" Error "there is no such scenario";
    WhichScenario "L421" Error "it is not said which scenario is meant";
    DefaultScenario "L422" Warning "there is no scenario, so a standard one is used";
    NoOnCost "L423" Notice "on-cost is not counted";
    NoObjectives "L424" Error "a scenario has no objectives";
    KeyTwice "L425" Error "a key of a scenario stands twice";

    NotAPlan "L501" Error "this table is not a plan";
    PlanId "L502" Error "a plan names someone or something that is not in the case";
    PlanTwice "L503" Error "a person stands twice in a plan";

    SweepKey "L601" Error "a sweep has no such key";
    SweepId "L602" Error "a sweep names something that is not in the case";
    SweepNumber "L603" Error "a number in a sweep is out of range";
    SweepSum "L604" Error "probabilities do not come to 1";
    SweepTwice "L605" Error "something stands twice in a grid";
    SweepSize "L606" Error "a sweep is too large";
    RuleKey "L701" Error "a rule on material change has no such key";
    RuleWord "L702" Error "a rule on material change knows no such word here";
    RuleRange "L703" Error "a number in a rule on material change is out of range";
    RuleId "L704" Error "a rule on material change names something that is not in the case";
    RuleLimit "L705" Error "a line of a rule on material change lacks a key";
    RuleEmpty "L706" Error "a rule on material change has no lines";
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].code() < pair[1].code()));
    }
}
