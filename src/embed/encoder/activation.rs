//! What happens between the two halves of a feed-forward block.

use pulp::Arch;
use pulp::NullaryFnOnce;
use serde::Deserialize;

use super::math::erf;
use super::math::tanh;

/// The non-linear function, by its name in `config.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Activation {
    /// x Φ(x), Φ the normal distribution.
    #[serde(rename = "gelu")]
    Gelu,
    /// The same by a hyperbolic tangent, as some models were trained.
    #[serde(rename = "gelu_new", alias = "gelu_pytorch_tanh")]
    GeluTanh,
    /// Nothing below zero.
    #[serde(rename = "relu")]
    Relu,
}

impl Activation {
    /// Replaces each of `values`.
    pub(super) fn apply(self, arch: Arch, values: &mut [f32]) {
        arch.dispatch(Activate {
            activation: self,
            values,
        });
    }
}

struct Activate<'a> {
    activation: Activation,
    values: &'a mut [f32],
}

impl NullaryFnOnce for Activate<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        match self.activation {
            Activation::Gelu => replace(self.values, gelu),
            Activation::GeluTanh => replace(self.values, gelu_tanh),
            Activation::Relu => replace(self.values, |x| x.max(0.0)),
        }
    }
}

#[inline(always)]
fn replace(values: &mut [f32], f: impl Fn(f32) -> f32) {
    for value in values {
        *value = f(*value);
    }
}

#[inline(always)]
fn gelu(x: f32) -> f32 {
    let half = 0.5 * x;
    half.mul_add(erf(x * std::f32::consts::FRAC_1_SQRT_2), half)
}

#[inline(always)]
fn gelu_tanh(x: f32) -> f32 {
    /// The square root of 2/π.
    const SCALE: f32 = 0.797_884_6;
    let half = 0.5 * x;
    let cubic = (0.044_715 * x * x).mul_add(x, x);
    half.mul_add(tanh(SCALE * cubic), half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activation_values_are_those_of_pytorch() {
        let cases = [
            (
                "\"gelu\"",
                [-0.045_500_27, -0.158_655_26, 0.0, 0.345_731_22, 2.995_950_2],
            ),
            (
                "\"gelu_new\"",
                [-0.045_402_348, -0.158_808, 0.0, 0.345_714, 2.996_362_7],
            ),
            (
                "\"gelu_pytorch_tanh\"",
                [-0.045_402_348, -0.158_808, 0.0, 0.345_714, 2.996_362_7],
            ),
            ("\"relu\"", [0.0, 0.0, 0.0, 0.5, 3.0]),
        ];
        for (name, expected) in cases {
            let activation: Activation = serde_json::from_str(name).unwrap();
            let mut values = [-2.0, -1.0, 0.0, 0.5, 3.0];
            activation.apply(Arch::new(), &mut values);
            for (value, expected) in values.iter().zip(expected) {
                assert!(
                    (value - expected).abs() < 2e-6,
                    "{name}: {value}, not {expected}"
                );
            }
        }
    }

    #[test]
    fn activation_unheard_of_is_refused_by_name() {
        let error = serde_json::from_str::<Activation>("\"silu\"").unwrap_err();
        assert!(error.to_string().contains("silu"), "{error}");
    }
}
