//! A new folder of many files, whole or not there at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::files::Error;

/// A folder that is being filled under another name.
#[derive(Debug)]
pub struct Draft {
    folder: tempfile::TempDir,
    target: PathBuf,
}

impl Draft {
    /// Begins a folder of this name, which is not there yet, or is empty.
    ///
    /// # Errors
    /// [`Error::Exists`] where something is there; [`Error::Write`] names what cannot be made.
    pub fn begin(target: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Write { path: target.to_owned(), source };
        if target.exists() && !is_empty(target).map_err(failed)? {
            return Err(Error::Exists(target.to_owned()));
        }
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(failed)?;
        let folder = tempfile::Builder::new().prefix(".demerge-").tempdir_in(parent).map_err(failed)?;
        Ok(Self { folder, target: target.to_owned() })
    }

    /// Writes one file row by row; folders in its name are made.
    ///
    /// # Errors
    /// [`Error::Write`] names the file.
    pub fn write(&self, name: &str, rows: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), Error> {
        let failed = |source| Error::Write { path: self.target.join(name), source };
        let path = self.folder.path().join(name);
        let written = || {
            fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
            let mut out = BufWriter::new(File::create(&path)?);
            rows(&mut out)?;
            out.flush()?;
            out.get_ref().sync_all()
        };
        written().map_err(failed)
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// [`Error::Write`] names the folder.
    pub fn finish(self) -> Result<(), Error> {
        let failed = |source| Error::Write { path: self.target.clone(), source };
        readable(self.folder.path()).map_err(failed)?;
        if self.target.exists() {
            fs::remove_dir(&self.target).map_err(failed)?;
        }
        fs::rename(self.folder.path(), &self.target).map_err(failed)?;
        // The folder has its name now: nothing is left to be cleared away.
        let _ = self.folder.keep();
        Ok(())
    }
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(folder.is_dir() && fs::read_dir(folder)?.next().is_none())
}

/// A temporary folder is its owner's alone; a finished one is as any other.
#[cfg(unix)]
fn readable(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o755))
}

#[cfg(not(unix))]
fn readable(_: &Path) -> io::Result<()> {
    Ok(())
}
