//! Functions of one number without branches or calls, so that the compiler computes many at once.

/// e to the power of `x`, for `x` of at most 88; relative error below 2e-7. What is below -87
/// counts as -87, which is as good as nothing beside the one that every softmax contains.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    /// ln 2 in two parts: the first has so few bits that its products with small integers are exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let x = x.clamp(-87.0, 88.0);
    let power = (x * std::f32::consts::LOG2_E).round_ties_even();
    let rest = power.mul_add(-LN_2[0], x);
    let rest = power.mul_add(-LN_2[1], rest);
    let series = [
        1.987_569_1e-4,
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ];
    let tail = polynomial(rest, &series);
    let near_one = tail.mul_add(rest * rest, rest + 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number between -126 and 127"
    )]
    let exponent = power as i32 + 127;
    near_one * f32::from_bits(exponent.cast_unsigned() << 23)
}

/// The error function: a ratio of polynomials, absolute error below 1e-6 (Eigen's coefficients).
#[inline(always)]
pub(super) fn erf(x: f32) -> f32 {
    let above = [
        -2.726_142_3e-10,
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_2e-5,
        -7.349_906_4e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ];
    let below = [
        -1.456_607_15e-5,
        -2.133_740_5e-4,
        -1.682_827e-3,
        -7.373_329_3e-3,
        -1.426_473_9e-2,
    ];
    let x = x.clamp(-4.0, 4.0);
    let square = x * x;
    x * polynomial(square, &above) / polynomial(square, &below)
}

/// The hyperbolic tangent; absolute error below 1e-6.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (exp(2.0 * x.clamp(-10.0, 10.0)) + 1.0)
}

/// Coefficients of the highest power first.
#[inline(always)]
fn polynomial<const N: usize>(x: f32, coefficients: &[f32; N]) -> f32 {
    let mut sum = coefficients[0];
    for coefficient in &coefficients[1..] {
        sum = sum.mul_add(x, *coefficient);
    }
    sum
}

/// Sums run beside each other: addition of floats has an order, which only the author may change.
const N_LANES: usize = 16;

/// The sum of `f` over `values`.
#[inline(always)]
pub(super) fn sum_of(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let (blocks, rest) = values.as_chunks::<N_LANES>();
    let mut lanes = [0.0; N_LANES];
    for block in blocks {
        for (lane, value) in lanes.iter_mut().zip(block) {
            *lane += f(*value);
        }
    }
    lanes.iter().sum::<f32>() + rest.iter().map(|value| f(*value)).sum::<f32>()
}

/// The largest of `values`, which are finite; minus infinity where there is none.
#[inline(always)]
pub(super) fn largest(values: &[f32]) -> f32 {
    let (blocks, rest) = values.as_chunks::<N_LANES>();
    let mut lanes = [f32::NEG_INFINITY; N_LANES];
    for block in blocks {
        for (lane, value) in lanes.iter_mut().zip(block) {
            *lane = lane.max(*value);
        }
    }
    lanes
        .iter()
        .chain(rest)
        .copied()
        .fold(f32::NEG_INFINITY, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From `from` to `to` in many steps.
    fn range(from: f32, to: f32) -> impl Iterator<Item = f32> {
        (0..=100_000).map(move |step| from + (to - from) * step as f32 / 100_000.0)
    }

    #[test]
    fn math_exp_is_as_exact_as_f32() {
        for x in range(-87.0, 88.0) {
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) / exact - 1.0).abs();
            assert!(error < 2e-7, "exp({x}) is {} and not {exact}", exp(x));
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn math_erf_and_tanh_are_within_a_millionth() {
        // Every second point from a table of the function.
        for (x, exact) in [
            (0.0, 0.0),
            (0.1, 0.112_462_916),
            (0.5, 0.520_499_9),
            (1.0, 0.842_700_8),
            (1.5, 0.966_105_1),
            (2.0, 0.995_322_3),
            (3.0, 0.999_977_9),
            (4.0, 1.0),
            (50.0, 1.0),
        ] {
            assert!((erf(x) - exact).abs() < 1e-6, "erf({x}) is {}", erf(x));
            assert!((erf(-x) + exact).abs() < 1e-6, "erf(-{x}) is {}", erf(-x));
        }
        for x in range(-12.0, 12.0) {
            assert!(
                (tanh(x) - x.tanh()).abs() < 1e-6,
                "tanh({x}) is {}",
                tanh(x)
            );
        }
    }

    #[test]
    fn math_sums_and_maxima_take_every_value() {
        for n in [0, 1, 15, 16, 17, 40] {
            let values: Vec<f32> = (0..n).map(|x| x as f32).collect();
            let sum = (n * (n - 1).max(0)) as f32;
            assert!(sum_of(&values, |x| 2.0 * x).total_cmp(&sum).is_eq());
            let last = values.last().unwrap_or(&f32::NEG_INFINITY);
            assert!(largest(&values).total_cmp(last).is_eq());
        }
    }
}
