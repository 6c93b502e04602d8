//! The trained numbers of a model, each taken by name and checked before it is computed with.

use std::fmt::Display;
use std::path::PathBuf;

use candle_core::DType;
use candle_core::Device;
use candle_core::safetensors::BufferedSafetensors;

use super::Error;

/// A safetensors file in memory.
pub(super) struct Weights {
    path: PathBuf,
    tensors: BufferedSafetensors,
}

impl Weights {
    /// Checks that `bytes` are a whole safetensors file; `path` is for messages.
    pub(super) fn parse(path: PathBuf, bytes: Vec<u8>) -> Result<Self, Error> {
        match BufferedSafetensors::new(bytes) {
            Ok(tensors) => Ok(Self { path, tensors }),
            Err(error) => Err(Error::weights(&path, &error)),
        }
    }

    /// What stands before `name` in this file: training code puts the model under its own name
    /// (`bert.`, `roberta.`), or under none.
    pub(super) fn prefix(&self, name: &str) -> Result<String, Error> {
        let tensors = self.tensors.tensors();
        let prefixes = tensors.iter().filter_map(|(full, _)| {
            let prefix = full.strip_suffix(name)?;
            (prefix.is_empty() || prefix.ends_with('.')).then(|| prefix.to_owned())
        });
        prefixes.min().ok_or_else(|| self.missing(name))
    }

    /// The numbers of the tensor `name`, row by row, in `f32` whatever they are stored as.
    pub(super) fn take(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        self.check_shape(name, shape)?;
        let damaged = |reason: &dyn Display| {
            Error::weights(&self.path, &format_args!("tensor `{name}`: {reason}"))
        };
        let numbers = self.widened(name).map_err(|error| damaged(&error))?;
        if numbers.iter().all(|number| number.is_finite()) {
            Ok(numbers)
        } else {
            Err(damaged(&"a value is not finite"))
        }
    }

    /// The bytes of the tensor `name`, row by row.
    pub(super) fn take_bytes(&self, name: &str, shape: &[usize]) -> Result<Vec<u8>, Error> {
        self.check_shape(name, shape)?;
        let read = || -> candle_core::Result<Vec<u8>> {
            let tensor = self.tensors.load(name, &Device::Cpu)?;
            tensor.flatten_all()?.to_vec1()
        };
        let damaged = |error| Error::weights(&self.path, &format_args!("tensor `{name}`: {error}"));
        read().map_err(damaged)
    }

    fn check_shape(&self, name: &str, shape: &[usize]) -> Result<(), Error> {
        let Ok(found) = self.tensors.get(name) else {
            return Err(self.missing(name));
        };
        if found.shape() == shape {
            return Ok(());
        }
        Err(Error::TensorShape {
            path: self.path.clone(),
            name: name.to_owned(),
            expected: shape.to_vec(),
            found: found.shape().to_vec(),
        })
    }

    fn widened(&self, name: &str) -> candle_core::Result<Vec<f32>> {
        let tensor = self.tensors.load(name, &Device::Cpu)?;
        match tensor.dtype() {
            DType::F32 | DType::F16 | DType::BF16 => {}
            other => candle_core::bail!("{other:?} is not a float type of a model"),
        }
        tensor.to_dtype(DType::F32)?.flatten_all()?.to_vec1()
    }

    fn missing(&self, name: &str) -> Error {
        Error::TensorMissing {
            path: self.path.clone(),
            name: name.to_owned(),
        }
    }
}
