//! The validated problem: who is employed jointly, which posts are offered, what was asked for.
//!
//! A [`Case`] exists only if the input was right (`load` makes it, nothing past `load` checks it again). Every table is
//! sorted by the text id of its records, so nothing downstream depends on the order of the rows in a file.
//! It knows nothing of files, formats or solvers. Column by column: `data/README.md`.

pub mod answer;
pub mod change;
pub mod goal;
pub mod material;
pub mod proof;
pub mod record;
pub mod rule;
pub mod scenario;
pub mod sweep;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::id::{AuthorityId, GradeId, Id, JointPostId, PersonId, PostId, StructureId, Table};
use crate::quantity::{BasisPoints, Fte, Miles, Pence};

/// Everything the contract's tables say, checked.
#[derive(Debug, Clone)]
pub struct Case {
    /// The authorities that separate, two or more.
    pub authorities: Table<AuthorityId, Authority>,
    /// Versions of the interim structures.
    pub structures: Table<StructureId, Structure>,
    /// Pay grades.
    pub grades: Table<GradeId, Grade>,
    /// The people employed jointly.
    pub people: Table<PersonId, Person>,
    /// The posts that are shared today.
    pub joint_posts: Table<JointPostId, JointPost>,
    /// The posts of all interim structures.
    pub posts: Table<PostId, Post>,
    /// Job matches by person and post: only a matched pair can be an allocation.
    pub matches: BTreeMap<(PersonId, PostId), Match>,
    /// Ranks that people gave to posts, 1 first; ties allowed.
    pub ranks: BTreeMap<(PersonId, PostId), Rank>,
    /// Officers' decisions, in file order.
    pub pins: Vec<Pin>,
    /// Pairs of people, in file order.
    pub links: Vec<Link>,
    /// Miles from home to authority; `None` where the case has no travel table.
    pub travel: Option<BTreeMap<(PersonId, AuthorityId), Miles>>,
}

impl Case {
    /// Every person by the id of the files.
    pub fn people_by_code(&self) -> BTreeMap<&str, PersonId> {
        self.people.iter().map(|(id, person)| (person.code.as_str(), id)).collect()
    }

    /// The posts that a person ranked, best first, with their ranks; of one rank the lowest first.
    pub fn ranked(&self, person: PersonId) -> Vec<(u32, PostId)> {
        let own = self.ranks.range((person, PostId::at(0))..).take_while(|((other, _), _)| *other == person);
        let mut ranked: Vec<(u32, PostId)> = own.map(|(&(_, post), rank)| (rank.rank, post)).collect();
        ranked.sort_unstable();
        ranked
    }

    /// Every post by the id of the files.
    pub fn posts_by_code(&self) -> BTreeMap<&str, PostId> {
        self.posts.iter().map(|(id, post)| (post.code.as_str(), id)).collect()
    }
}

/// A row of `authorities.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// The id in the files.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its share of joint cost, if stated.
    pub cost_share: Option<BasisPoints>,
    /// Its pay budget, if stated.
    pub budget: Option<Pence>,
}

/// A row of `structures.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// The id in the files.
    pub code: String,
    /// Whose structure it is.
    pub authority: AuthorityId,
    /// What it is called.
    pub label: String,
    /// A remark.
    pub note: String,
}

/// A row of `grades.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// The id in the files.
    pub code: String,
    /// The pay scheme.
    pub scheme: String,
    /// Its place in the order of grades, lowest first.
    pub rank: i32,
    /// Bottom of the grade a year.
    pub salary_min: Pence,
    /// Top of the grade a year.
    pub salary_max: Pence,
}

/// A row of `people.csv`, with what the person was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id in the files; never a name.
    pub code: String,
    /// Row of `people.csv` (or of its sheet), the header being row 1.
    pub row: u32,
    /// The joint post held today.
    pub joint_post: Option<JointPostId>,
    /// The present employer.
    pub employer: AuthorityId,
    /// The present grade.
    pub grade: GradeId,
    /// Full-time salary a year.
    pub salary: Pence,
    /// Contracted hours, above 0 and at most 1.
    pub fte: Fte,
    /// Kind of contract.
    pub contract: Contract,
    /// When a fixed term ends, as an ISO date.
    pub fixed_term_end: Option<String>,
    /// Whole years of service, if stated.
    pub service_years: Option<u32>,
    /// Qualifications held.
    pub qualifications: BTreeSet<String>,
    /// Statutory roles that the person may hold.
    pub statutory_roles: BTreeSet<StatutoryRole>,
    /// In post, or on what kind of leave.
    pub status: EmploymentStatus,
    /// Whether the person's service stays shared; blank is unknown.
    pub retained_shared: Option<bool>,
    /// What the person said about authorities.
    pub preference: Preference,
}

/// A row of `authority_preferences.csv`, or its absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// What was preferred.
    pub preferred: Preferred,
    /// How strongly.
    pub strength: Option<Strength>,
    /// Whether and when the person answered.
    pub response: Response,
    /// Informal or formal round.
    pub round: Option<Round>,
    /// When it was received, as an ISO date.
    pub received: Option<String>,
}

impl Preference {
    /// What counts for a person without a row: no response.
    pub const ABSENT: Preference = Preference {
        preferred: Preferred::Blank,
        strength: None,
        response: Response::NoResponse,
        round: None,
        received: None,
    };

    /// The authority that the person stated, whatever the response status.
    pub fn stated(&self) -> Option<AuthorityId> {
        match self.preferred {
            Preferred::Authority(authority) => Some(authority),
            Preferred::NoPreference | Preferred::Leave | Preferred::Blank => None,
        }
    }
}

/// What stands in the column `preferred`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preferred {
    /// This authority.
    Authority(AuthorityId),
    /// Either would do.
    NoPreference,
    /// The person would rather leave.
    Leave,
    /// Nothing was stated.
    Blank,
}

/// A row of `joint_posts.csv` with its shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointPost {
    /// The id in the files.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Tier of management, 1 the top.
    pub tier: u32,
    /// Its directorate.
    pub directorate: String,
    /// What it does.
    pub function: String,
    /// Its grade.
    pub grade: GradeId,
    /// Its hours.
    pub fte: Fte,
    /// Who employs its holder.
    pub employer: AuthorityId,
    /// What becomes of it.
    pub disposition: Disposition,
    /// Each authority's share of its time or cost; sums to 100 %.
    pub shares: BTreeMap<AuthorityId, BasisPoints>,
}

/// A row of `posts.csv`: a post in one or more interim structures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The id in the files.
    pub code: String,
    /// Row of `posts.csv` (or of its sheet), the header being row 1.
    pub row: u32,
    /// Whose post it is.
    pub authority: AuthorityId,
    /// Its title.
    pub title: String,
    /// Tier of management, 1 the top.
    pub tier: u32,
    /// What it does; one or more.
    pub functions: BTreeSet<String>,
    /// Its grade.
    pub grade: GradeId,
    /// Its hours.
    pub fte: Fte,
    /// Its seats.
    pub capacity: u32,
    /// The statutory role that goes with it.
    pub statutory_role: Option<StatutoryRole>,
    /// The qualification without which nobody may hold it.
    pub essential_qualification: Option<String>,
    /// How critical it is.
    pub criticality: Criticality,
    /// Whether it can be offered.
    pub status: PostStatus,
    /// The structures that list it.
    pub structures: BTreeSet<StructureId>,
    /// Whether its service stays shared; blank is unknown.
    pub retained_shared: Option<bool>,
    /// Bottom of its pay a year.
    pub salary_min: Pence,
    /// Top of its pay a year.
    pub salary_max: Pence,
}

/// A row of `matches.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Row of `matches.csv` (or of its sheet).
    pub row: u32,
    /// How well the jobs match.
    pub kind: MatchKind,
    /// Post grade minus person grade.
    pub grade_difference: i32,
    /// The evidence, in words.
    pub evidence: String,
}

/// A row of `post_preferences.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// Row of `post_preferences.csv` (or of its sheet).
    pub row: u32,
    /// 1 is first.
    pub rank: u32,
}

/// A row of `pins.csv`: an officer's decision about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Row of `pins.csv` (or of its sheet).
    pub row: u32,
    /// Whom it concerns.
    pub person: PersonId,
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// By whom.
    pub decided_by: String,
    /// When, as an ISO date.
    pub date: Option<String>,
}

/// What a pin says; `Must…` also means that the person must be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Must hold this post.
    MustPost(PostId),
    /// Must hold a post of this authority.
    MustAuthority(AuthorityId),
    /// May not hold this post.
    NotPost(PostId),
    /// May not hold a post of this authority.
    NotAuthority(AuthorityId),
}

/// A row of `links.csv`: two people who go together, or apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Row of `links.csv` (or of its sheet).
    pub row: u32,
    /// The two people, the lower id first.
    pub people: [PersonId; 2],
    /// Together or apart.
    pub kind: LinkKind,
}

/// An enum whose values are words of the contract, with `ALL`, `word` and `Display`.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value, in the contract's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Every word, in the contract's order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word that the files use.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// The value with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    )*};
}
pub(crate) use words;

words! {
    /// Kind of contract.
    Contract {
        /// Permanent.
        Permanent = "permanent",
        /// Ends on a date.
        FixedTerm = "fixed_term",
        /// On secondment here.
        Secondment = "secondment",
        /// Casual.
        Casual = "casual",
    }
    /// In post, or on what kind of leave.
    EmploymentStatus {
        /// At work.
        InPost = "in_post",
        /// On maternity leave.
        MaternityLeave = "maternity_leave",
        /// On adoption leave.
        AdoptionLeave = "adoption_leave",
        /// On shared parental leave.
        SharedParentalLeave = "shared_parental_leave",
        /// Long-term sick.
        LongTermSick = "long_term_sick",
        /// Seconded elsewhere.
        SecondedOut = "seconded_out",
        /// Suspended.
        Suspended = "suspended",
        /// Has given or been given notice.
        NoticeGiven = "notice_given",
    }
    /// A role that the law requires an authority to fill.
    StatutoryRole {
        /// Head of paid service (Local Government and Housing Act 1989, s4).
        Hops = "HOPS",
        /// Monitoring officer (LGHA 1989, s5).
        Mo = "MO",
        /// Chief finance officer (Local Government Act 1972, s151).
        S151 = "S151",
    }
    /// What becomes of a joint post.
    Disposition {
        /// It ends.
        EndsOnSeparation = "ends_on_separation",
        /// It stays shared.
        RetainedShared = "retained_shared",
        /// One authority hosts it for the other.
        Hosted = "hosted",
        /// Not settled.
        UnderReview = "under_review",
        /// Vacant, and it ends.
        VacantEnds = "vacant_ends",
        /// Vacant, and it stays shared.
        VacantRetainedShared = "vacant_retained_shared",
    }
    /// How critical a post is.
    Criticality {
        /// The law requires it.
        Statutory = "statutory",
        /// The service stops without it.
        High = "high",
        /// Neither.
        Normal = "normal",
    }
    /// Whether a post can be offered.
    PostStatus {
        /// On offer.
        Open = "open",
        /// Held back.
        Held = "held",
        /// Already filled.
        Filled = "filled",
        /// Deleted.
        Deleted = "deleted",
    }
    /// How well a post matches a person's job.
    MatchKind {
        /// The same job: slot-in.
        Direct = "direct",
        /// Part of the job.
        Partial = "partial",
        /// Suitable alternative employment.
        Alternative = "alternative",
        /// A higher grade.
        Promotion = "promotion",
    }
    /// How strong a preference is.
    Strength {
        /// Must.
        Must = "must",
        /// Strong.
        Strong = "strong",
        /// Mild.
        Mild = "mild",
        /// None.
        None = "none",
    }
    /// Whether and when a person answered.
    Response {
        /// In time.
        Responded = "responded",
        /// After the date.
        Late = "late",
        /// Not at all.
        NoResponse = "no_response",
        /// Declined to answer.
        Declined = "declined",
    }
    /// Round of engagement.
    Round {
        /// Informal engagement.
        Informal = "informal",
        /// Formal consultation.
        Formal = "formal",
    }
    /// Kind of link between two people.
    LinkKind {
        /// Both placed in one authority, or neither placed.
        SameAuthority = "same_authority",
        /// Not both placed in one authority.
        DifferentAuthority = "different_authority",
    }
}
