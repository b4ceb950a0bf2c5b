/// How a fast kernel's tally may differ from the reference's.
public enum TallyAgreement {
  /// The members that differ by more than rounding explains, in words; empty when the tallies agree.
  ///
  /// Counts have to be equal. A sum of n terms that carry a few roundings each is off by at most about
  /// (n + 8)·u·Σ|term|, a product of n factors by (2n + 16)·u of itself, with u the unit roundoff of the scalar that
  /// accumulates. Σ|x| and Σ|x|³ are bounded through the even power sums (Cauchy & Schwarz).
  ///
  /// - Parameter unitRoundoff: of the fast kernel's scalar.
  public static func differences(
    _ found: Tally, _ expected: Tally, unitRoundoff u: Double
  ) -> [String] {
    var differences: [String] = []
    func check(_ name: String, _ found: Double, _ expected: Double, within bound: Double) {
      let agree = found == expected || abs(found - expected) <= bound || (found.isNaN && expected.isNaN)
      if !agree {
        differences.append("\(name): \(found), expected \(expected) within \(bound)")
      }
    }
    func count(_ name: String, _ found: Int, _ expected: Int) {
      if found != expected { differences.append("\(name): \(found), expected \(expected)") }
    }
    count("bars", found.bars, expected.bars)
    count("barsInMarket", found.barsInMarket, expected.barsInMarket)
    count("winningBars", found.winningBars, expected.winningBars)
    count("tradesClosed", found.tradesClosed, expected.tradesClosed)
    count("tradesWon", found.tradesWon, expected.tradesWon)
    let n = Double(expected.bars)
    let terms = (n + 8) * u
    let factors = (2 * n + 16) * u
    let absolute = (n * expected.sumOfSquares).squareRoot()
    let cubes = (expected.sumOfSquares * expected.sumOfFourths).squareRoot()
    check("turnover", found.turnover, expected.turnover, within: 0)
    check("sum", found.sum, expected.sum, within: terms * absolute)
    check("sumOfSquares", found.sumOfSquares, expected.sumOfSquares, within: terms * expected.sumOfSquares)
    check("sumOfCubes", found.sumOfCubes, expected.sumOfCubes, within: terms * cubes)
    check("sumOfFourths", found.sumOfFourths, expected.sumOfFourths, within: terms * expected.sumOfFourths)
    check("sumOfLosses", found.sumOfLosses, expected.sumOfLosses, within: terms * absolute)
    check(
      "sumOfSquaredLosses", found.sumOfSquaredLosses, expected.sumOfSquaredLosses,
      within: terms * expected.sumOfSquares)
    check("growth", found.growth, expected.growth, within: factors * expected.growth)
    check("highest", found.highest, expected.highest, within: factors * expected.highest)
    check("lowest", found.lowest, expected.lowest, within: factors)
    check("maximumDrawdown", found.maximumDrawdown, expected.maximumDrawdown, within: 2 * factors)
    let traded = factors * (Double(expected.tradesClosed) + expected.grossProfit)
    check("grossProfit", found.grossProfit, expected.grossProfit, within: traded)
    check("grossLoss", found.grossLoss, expected.grossLoss, within: traded)
    return differences
  }
}
