//! The trained numbers of a model, each taken by name and checked before it is computed with.

use std::fmt::Display;
use std::path::PathBuf;

use candle_core::DType;
use candle_core::Device;
use candle_core::safetensors::BufferedSafetensors;

use super::Error;

/// Stored bytes stand for -128 to 127, moved up.
const ZERO: u8 = 128;

/// The number that a stored byte stands for.
pub(super) fn signed(byte: u8) -> i8 {
    byte.wrapping_sub(ZERO).cast_signed()
}

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

    /// The numbers of the tensor `name`, row by row, in `f32` whatever they are stored as: floats,
    /// or bytes from -127 to 127, moved up by 128, with what to multiply each row by in a tensor
    /// `name.scales`.
    pub(super) fn take(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        self.check_shape(name, shape)?;
        let damaged = |reason: &dyn Display| {
            Error::weights(&self.path, &format_args!("tensor `{name}`: {reason}"))
        };
        let view = self.tensors.get(name);
        let kind = view.and_then(|view| DType::try_from(view.dtype()));
        let is_bytes = kind.is_ok_and(|kind| kind == DType::U8);
        let numbers = if is_bytes {
            self.scaled(name, shape)?
        } else {
            self.widened(name).map_err(|error| damaged(&error))?
        };
        if numbers.iter().all(|number| number.is_finite()) {
            Ok(numbers)
        } else {
            Err(damaged(&"a value is not finite"))
        }
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
