//! Floating-point numbers as Python writes them, because the AWS CLI and boto3 are Python.

/// What Python's `repr` gives: the shortest digits that read back as the same number, positional from 1e-4 up to
/// 1e16 and in scientific notation (`1e-05`) elsewhere, always recognisable as a float (`3.0`).
pub fn python_text(value: f64) -> String {
    let scientific = format!("{value:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let Ok(exponent) = exponent.parse::<i32>() else { return scientific };
    if (-4..16).contains(&exponent) {
        let positional = value.to_string();
        return if positional.contains('.') { positional } else { format!("{positional}.0") };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_python_writes_them() {
        let cases = [
            (3.0, "3.0"),
            (12.5, "12.5"),
            (0.0, "0.0"),
            (1_099_511_627_776.0, "1099511627776.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e22, "1.5e+22"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.25e-7, "1.25e-07"),
            (1e100, "1e+100"),
        ];
        for (value, text) in cases {
            assert_eq!(python_text(value), text);
        }
    }
}
