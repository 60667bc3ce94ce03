//! The words and pay of made-up cases: no authority, scheme or figure in here is anybody's.

use crate::case::Grade;
use crate::id::{GradeId, Id};
use crate::quantity::Pence;

/// Codes and names of the authorities, in order of code. The places do not exist.
pub(super) const AUTHORITIES: [(&str, &str); 10] = [
    ("A", "Alderwick Vale District Council"),
    ("B", "Brackenholt Borough Council"),
    ("C", "Corvenhythe District Council"),
    ("D", "Dunmerrow Borough Council"),
    ("E", "Eastlowby District Council"),
    ("F", "Fenbarrow Borough Council"),
    ("G", "Gorsenfold District Council"),
    ("H", "Harrowmarsh Borough Council"),
    ("I", "Inglewhistle District Council"),
    ("J", "Juniperhurst Borough Council"),
];

/// A level of the made-up pay scale.
pub(super) struct Level {
    /// Code of its grade.
    pub(super) code: &'static str,
    scheme: &'static str,
    rank: i32,
    /// Pounds a year.
    pub(super) pay: [i64; 2],
    /// Tier of management.
    pub(super) tier: u32,
    /// End of the title of its posts.
    pub(super) title: &'static str,
}

const fn officer(code: &'static str, rank: i32, low: i64, high: i64, title: &'static str) -> Level {
    Level { code, scheme: "Made-up scale", rank, pay: [low, high], tier: 5, title }
}

const fn senior(code: &'static str, rank: i32, low: i64, high: i64, tier: u32, title: &'static str) -> Level {
    Level { code, scheme: "Made-up senior scale", rank, pay: [low, high], tier, title }
}

/// Every level, lowest first.
pub(super) const LEVELS: [Level; 12] = [
    officer("G05", 1, 22_000, 24_000, "Assistant"),
    officer("G06", 2, 24_000, 26_500, "Support Officer"),
    officer("G07", 3, 26_500, 29_500, "Technician"),
    officer("G08", 4, 29_500, 33_000, "Officer"),
    officer("G09", 5, 33_000, 37_000, "Senior Officer"),
    officer("G10", 6, 37_000, 41_500, "Specialist"),
    officer("G11", 7, 41_500, 46_500, "Principal Officer"),
    officer("G12", 8, 46_500, 52_000, "Team Leader"),
    senior("HOS", 9, 54_000, 64_000, 4, "Manager"),
    senior("AD", 10, 66_000, 80_000, 3, "Assistant Director"),
    senior("DIR", 11, 92_000, 112_000, 2, "Director"),
    senior("CE", 12, 118_000, 142_000, 1, "Chief Executive and Head of Paid Service"),
];

/// The level of a head of service.
pub(super) const HEAD: usize = 8;
/// The level of an assistant director.
pub(super) const ASSISTANT_DIRECTOR: usize = 9;
/// The level of a director.
pub(super) const DIRECTOR: usize = 10;
/// The level of a chief executive.
pub(super) const CHIEF: usize = 11;
/// From this level on, a service with a qualification asks for it.
pub(super) const QUALIFIED: usize = 5;

/// Levels in the order of their grades' codes, which is the order of grade ids.
pub(super) const GRADES: [usize; 12] = [9, 11, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8];

/// The id of a level's grade.
pub(super) fn grade(level: usize) -> GradeId {
    GradeId::at(GRADES.iter().position(|&other| other == level).expect("every level has a grade"))
}

impl Level {
    /// The grade as a record.
    pub(super) fn grade(&self) -> Grade {
        Grade {
            code: self.code.to_owned(),
            scheme: self.scheme.to_owned(),
            rank: self.rank,
            salary_min: Pence(self.pay[0] * 100),
            salary_max: Pence(self.pay[1] * 100),
        }
    }
}

/// A service.
pub(super) struct Service {
    /// Its function, in the words of the tables.
    pub(super) function: &'static str,
    /// Beginning of its posts' titles.
    pub(super) title: &'static str,
    /// Position in [`DIRECTORATES`].
    pub(super) directorate: usize,
    /// What its qualified posts ask for.
    pub(super) qualification: Option<&'static str>,
}

/// The directorates.
pub(super) const DIRECTORATES: [&str; 5] = ["Corporate", "Resources", "Place", "Communities", "Care"];

/// Qualification of lawyers.
pub(super) const SOLICITOR: &str = "solicitor";
/// Qualification of accountants.
pub(super) const ACCOUNTANT: &str = "CCAB";

const fn service(
    function: &'static str,
    title: &'static str,
    directorate: usize,
    qualification: Option<&'static str>,
) -> Service {
    Service { function, title, directorate, qualification }
}

/// Every service, in the order in which they are filled.
pub(super) const SERVICES: [Service; 25] = [
    service("legal", "Legal", 0, Some(SOLICITOR)),
    service("finance", "Finance", 1, Some(ACCOUNTANT)),
    service("planning", "Planning", 2, Some("RTPI")),
    service("env_health", "Environmental Health", 3, Some("CIEH")),
    service("housing", "Housing", 3, None),
    service("hr", "HR", 1, None),
    service("ict", "ICT", 1, None),
    service("democratic", "Democratic Services", 0, None),
    service("revenues", "Revenues and Benefits", 1, None),
    service("building_control", "Building Control", 2, Some("CABE")),
    service("property", "Property", 2, Some("RICS")),
    service("economy", "Economic Growth", 2, None),
    service("customer", "Customer Services", 3, None),
    service("communications", "Communications", 0, None),
    service("procurement", "Procurement", 1, None),
    service("licensing", "Licensing", 3, None),
    service("leisure", "Leisure", 3, None),
    service("waste", "Waste and Street Scene", 2, None),
    service("parks", "Parks", 2, None),
    service("audit", "Audit and Risk", 0, None),
    service("adult_care", "Adult Care", 4, Some("SWE")),
    service("child_care", "Children's Care", 4, Some("SWE")),
    service("schools", "Schools Support", 4, None),
    service("libraries", "Libraries", 3, None),
    service("transport", "Transport", 2, None),
];
