#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few elementary functions that scales and ticks need.
enum DecimalPowers {
  /// The exponent of the power of ten at or just below `value`, which is positive: -3 for 0.001 and for 0.0099.
  static func exponent(of value: Double) -> Int {
    // log10 of a power of ten may come out a hair below the integer.
    Int(floor(log10(value) + 1e-12))
  }

  /// 10 to the power of `exponent`, exact up to 10²².
  static func power(_ exponent: Int) -> Double { pow(10, Double(exponent)) }

  /// 10 to the power of `exponent`.
  static func power(_ exponent: Double) -> Double { pow(10, exponent) }

  /// `digits` · 10^`exponent`, rounded once, so that 3·10⁻¹ is 0.3 and not 0.30000000000000004.
  static func number(_ digits: Int, exponent: Int) -> Double {
    exponent < 0 && exponent >= -300
      ? Double(digits) / power(-exponent) : Double(digits) * power(exponent)
  }

  static func logarithm(_ value: Double) -> Double { log10(value) }

  static func cubeRoot(_ value: Double) -> Double { cbrt(value) }
}
