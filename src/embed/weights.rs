//! The trained numbers of a model, each taken by name and checked before it is computed with.

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use candle_core::DType;
use candle_core::Device;
use candle_core::safetensors::BufferedSafetensors;
use rustc_hash::FxHashMap;

use super::Error;
use super::adapter::Adapter;

/// Stored bytes stand for -128 to 127, moved up.
const ZERO: u8 = 128;

/// The number that a stored byte stands for.
pub(super) fn signed(byte: u8) -> i8 {
    byte.wrapping_sub(ZERO).cast_signed()
}

/// Whether a name may stand behind `prefix`.
fn ends_a_name(prefix: &str) -> bool {
    prefix.is_empty() || prefix.ends_with('.')
}

/// A safetensors file in memory, as it is or as an adapter changes it.
pub(super) struct Weights {
    file: Arc<File>,
    adapter: Option<Arc<Adapter>>,
    /// Names of the tensors that the adapter changes, with what it calls them.
    changed: FxHashMap<String, String>,
}

struct File {
    path: PathBuf,
    tensors: BufferedSafetensors,
    /// Large tables that several models look into.
    tables: Mutex<FxHashMap<String, Arc<[f32]>>>,
}

impl Weights {
    /// Checks that `bytes` are a whole safetensors file; `path` is for messages.
    pub(super) fn parse(path: PathBuf, bytes: Vec<u8>) -> Result<Self, Error> {
        match BufferedSafetensors::new(bytes) {
            Ok(tensors) => Ok(Self {
                file: Arc::new(File {
                    path,
                    tensors,
                    tables: Mutex::default(),
                }),
                adapter: None,
                changed: FxHashMap::default(),
            }),
            Err(error) => Err(Error::weights(&path, &error)),
        }
    }

    /// The same file as `adapter` changes it; it may call the tensors by a longer name.
    pub(super) fn adapted(&self, adapter: Arc<Adapter>) -> Result<Self, Error> {
        let names = self.names();
        let mut changed = FxHashMap::default();
        for theirs in adapter.changed() {
            let full = format!("{theirs}.weight");
            let is_same = |own: &&String| full.strip_suffix(own.as_str()).is_some_and(ends_a_name);
            let own = names.iter().find(is_same);
            let own = own.ok_or_else(|| self.missing(&full))?;
            changed.insert(own.clone(), theirs);
        }
        Ok(Self {
            file: Arc::clone(&self.file),
            adapter: Some(adapter),
            changed,
        })
    }

    /// What the tensors are called.
    pub(super) fn names(&self) -> Vec<String> {
        let tensors = self.file.tensors.tensors();
        tensors.into_iter().map(|(name, _)| name).collect()
    }

    /// What stands before `name` in this file: training code puts the model under its own name
    /// (`bert.`, `roberta.`), or under none.
    pub(super) fn prefix(&self, name: &str) -> Result<String, Error> {
        let names = self.names();
        let prefixes = names.iter().filter_map(|full| {
            let prefix = full.strip_suffix(name)?;
            ends_a_name(prefix).then(|| prefix.to_owned())
        });
        prefixes.min().ok_or_else(|| self.missing(name))
    }

    /// The numbers of the tensor `name`, row by row, in `f32` whatever they are stored as: floats,
    /// or bytes from -127 to 127, moved up by 128, with what to multiply each row by in a tensor
    /// `name.scales`.
    pub(super) fn take(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        self.check_shape(name, shape)?;
        let damaged = |reason: &dyn Display| {
            Error::weights(&self.file.path, &format_args!("tensor `{name}`: {reason}"))
        };
        let view = self.file.tensors.get(name);
        let kind = view.and_then(|view| DType::try_from(view.dtype()));
        let is_bytes = kind.is_ok_and(|kind| kind == DType::U8);
        let mut numbers = if is_bytes {
            self.scaled(name, shape)?
        } else {
            self.widened(name).map_err(|error| damaged(&error))?
        };
        if let (Some(adapter), Some(theirs)) = (&self.adapter, self.changed.get(name)) {
            let n_inputs = shape.last().copied().unwrap_or_default();
            adapter.add(theirs, &mut numbers, n_inputs)?;
        }
        if numbers.iter().all(|number| number.is_finite()) {
            Ok(numbers)
        } else {
            Err(damaged(&"a value is not finite"))
        }
    }

    /// The same for a large table, which is kept once for all models made of this file, unless an
    /// adapter changes it.
    pub(super) fn take_shared(&self, name: &str, shape: &[usize]) -> Result<Arc<[f32]>, Error> {
        if self.changed.contains_key(name) {
            return Ok(self.take(name, shape)?.into());
        }
        // Whoever comes second waits: to widen it twice takes longer.
        let tables = self.file.tables.lock();
        let mut tables = tables.unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = tables.get(name) {
            self.check_shape(name, shape)?;
            return Ok(Arc::clone(table));
        }
        let table: Arc<[f32]> = self.take(name, shape)?.into();
        tables.insert(name.to_owned(), Arc::clone(&table));
        Ok(table)
    }

    /// A table that only an adapter brings; empty where there is none.
    pub(super) fn take_added(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let Some(adapter) = &self.adapter else {
            return Ok(Vec::new());
        };
        let weights = adapter.weights();
        weights.take(&format!("{}{name}", weights.prefix(name)?), shape)
    }

    /// A matrix of bytes, each row multiplied by its scale.
    fn scaled(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let n_rows = shape.first().copied().unwrap_or_default();
        let scales = self.take(&format!("{name}.scales"), &[n_rows])?;
        let bytes = self.take_bytes(name, shape)?;
        let rows = bytes.chunks_exact((bytes.len() / n_rows.max(1)).max(1));
        Ok(rows
            .zip(scales)
            .flat_map(|(row, scale)| row.iter().map(move |&byte| f32::from(signed(byte)) * scale))
            .collect())
    }

    /// The bytes of the tensor `name`, row by row.
    pub(super) fn take_bytes(&self, name: &str, shape: &[usize]) -> Result<Vec<u8>, Error> {
        self.check_shape(name, shape)?;
        let read = || -> candle_core::Result<Vec<u8>> {
            let tensor = self.file.tensors.load(name, &Device::Cpu)?;
            tensor.flatten_all()?.to_vec1()
        };
        let damaged =
            |error| Error::weights(&self.file.path, &format_args!("tensor `{name}`: {error}"));
        read().map_err(damaged)
    }

    fn check_shape(&self, name: &str, shape: &[usize]) -> Result<(), Error> {
        let Ok(found) = self.file.tensors.get(name) else {
            return Err(self.missing(name));
        };
        if found.shape() == shape {
            return Ok(());
        }
        Err(Error::TensorShape {
            path: self.file.path.clone(),
            name: name.to_owned(),
            expected: shape.to_vec(),
            found: found.shape().to_vec(),
        })
    }

    fn widened(&self, name: &str) -> candle_core::Result<Vec<f32>> {
        let tensor = self.file.tensors.load(name, &Device::Cpu)?;
        match tensor.dtype() {
            DType::F32 | DType::F16 | DType::BF16 => {}
            other => candle_core::bail!("{other:?} is not a float type of a model"),
        }
        tensor.to_dtype(DType::F32)?.flatten_all()?.to_vec1()
    }

    fn missing(&self, name: &str) -> Error {
        Error::TensorMissing {
            path: self.file.path.clone(),
            name: name.to_owned(),
        }
    }
}
