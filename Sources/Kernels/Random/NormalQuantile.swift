/// The inverse of the standard normal distribution function, in arithmetic that gives the same bits everywhere.
///
/// Only sums, products, quotients and square roots, which IEEE 754 rounds alike on every machine, and no function
/// of a C library, whose last bit depends on its version and on the processor: what is drawn from a seed must
/// not.
///
/// Reference: Wichura 1988, "Algorithm AS 241: The percentage points of the normal distribution", routine PPND16,
/// whose relative error is about 10⁻¹⁶. There `split1` is 0.425 and `split2` is 5; `center` has the coefficients a and b,
/// `nearTail` c and d, `farTail` e and f.
public enum NormalQuantile {
  /// The `z` below which a standard normal number lies with probability `probability`.
  ///
  /// 0 gives -∞, 1 gives +∞, and anything outside of [0, 1] gives NaN. Near 1 the argument itself is coarse:
  /// `-value(at: upper)` is sharper where the probability `upper` of exceeding `z` is known.
  public static func value(at probability: Double) -> Double {
    guard probability > 0, probability < 1 else {
      return probability == 0 ? -.infinity : probability == 1 ? .infinity : .nan
    }
    let offset = probability - 0.5
    if offset.magnitude <= 0.425 {
      return offset * center(0.180625 - offset * offset)
    }
    let tail = offset < 0 ? probability : 1 - probability
    let r = (-naturalLogarithm(tail)).squareRoot()
    let magnitude = r <= 5 ? nearTail(r - 1.6) : farTail(r - 5)
    return offset < 0 ? -magnitude : magnitude
  }

  private static func center(_ r: Double) -> Double {
    let numerator = polynomial(
      r, 3.387_132_872_796_366_608_0, 133.141_667_891_784_377_45, 1_971.590_950_306_551_442_7,
      13_731.693_765_509_461_125, 45_921.953_931_549_871_457, 67_265.770_927_008_700_853,
      33_430.575_583_588_128_105, 2_509.080_928_730_122_672_7)
    let denominator = polynomial(
      r, 1, 42.313_330_701_600_911_252, 687.187_007_492_057_908_30, 5_394.196_021_424_751_107_7,
      21_213.794_301_586_595_867, 39_307.895_800_092_710_610, 28_729.085_735_721_942_674,
      5_226.495_278_852_854_561_0)
    return numerator / denominator
  }

  private static func nearTail(_ r: Double) -> Double {
    let numerator = polynomial(
      r, 1.423_437_110_749_683_577_34, 4.630_337_846_156_545_295_90, 5.769_497_221_460_691_405_50,
      3.647_848_324_763_204_605_04, 1.270_458_252_452_368_382_58, 0.241_780_725_177_450_611_770,
      0.022_723_844_989_269_184_583_3, 7.745_450_142_783_414_076_40e-4)
    let denominator = polynomial(
      r, 1, 2.053_191_626_637_758_821_87, 1.676_384_830_183_803_849_40, 0.689_767_334_985_100_004_550,
      0.148_103_976_427_480_074_590, 0.015_198_666_563_616_457_196_6, 5.475_938_084_995_344_946_00e-4,
      1.050_750_071_644_416_843_24e-9)
    return numerator / denominator
  }

  private static func farTail(_ r: Double) -> Double {
    let numerator = polynomial(
      r, 6.657_904_643_501_103_777_20, 5.463_784_911_164_114_369_90, 1.784_826_539_917_291_335_80,
      0.296_560_571_828_504_891_230, 0.026_532_189_526_576_123_093_0, 1.242_660_947_388_078_438_60e-3,
      2.711_555_568_743_487_578_15e-5, 2.010_334_399_292_288_132_65e-7)
    let denominator = polynomial(
      r, 1, 0.599_832_206_555_887_937_690, 0.136_929_880_922_735_805_310, 0.014_875_361_290_850_615_025_0,
      7.868_691_311_456_132_591_00e-4, 1.846_318_317_510_054_681_80e-5, 1.421_511_758_316_445_888_70e-7,
      2.044_263_103_389_939_785_64e-15)
    return numerator / denominator
  }

  /// log x for positive, finite x, within two units in the last place.
  ///
  /// x = 2^k·m with m in [√½, √2); log m = 2·artanh((m - 1)/(m + 1)), whose argument is below 0.172, so that
  /// eleven terms of the series are exact to the last place.
  static func naturalLogarithm(_ x: Double) -> Double {
    // What is below the normal numbers has lost the digits that its significand is read from.
    guard x >= Double.leastNormalMagnitude else {
      return naturalLogarithm(x * 0x1p54) - 54 * 0x1.62E4_2FEF_A39E_Fp-1
    }
    // What `exponent` and `significand` tell, without a call for each.
    var exponent = Double(Int(x.bitPattern >> 52) - 1_023)
    var significand = Double(bitPattern: x.bitPattern & 0xF_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    if significand > 1.414_213_562_373_095_1 {
      significand /= 2
      exponent += 1
    }
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var series = square * (1 / 21.0)
    series = (series + 1 / 19.0) * square
    series = (series + 1 / 17.0) * square
    series = (series + 1 / 15.0) * square
    series = (series + 1 / 13.0) * square
    series = (series + 1 / 11.0) * square
    series = (series + 1 / 9.0) * square
    series = (series + 1 / 7.0) * square
    series = (series + 1 / 5.0) * square
    series = (series + 1 / 3.0) * square
    // log 2 in two parts, the first of which has so few digits that its product with an exponent is exact.
    let high = 0x1.62E4_2FEE_0000_0p-1
    let low = 0x1.A39E_F357_93C7_6p-33
    return exponent * high + (2 * s + (2 * s * series + exponent * low))
  }

  /// a + bx + … + hx⁷.
  @inline(__always)
  private static func polynomial(
    _ x: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double, _ g: Double,
    _ h: Double
  ) -> Double {
    var value = h * x + g
    value = value * x + f
    value = value * x + e
    value = value * x + d
    value = value * x + c
    value = value * x + b
    return value * x + a
  }
}
