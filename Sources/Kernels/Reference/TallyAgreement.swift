/// How a fast kernel's tally may differ from the reference's.
public enum TallyAgreement {
  /// The members that differ by more than rounding explains, in words; empty when the tallies agree.
  ///
  /// Counts have to be equal. A sum of n terms that carry a few roundings each is off by at most about
  /// (n + 8)·u·Σ|term|, a product of n factors by (2n + 16)·u of itself, with u the unit roundoff of the scalar that
  /// accumulates. Σ|x| and Σ|x|³ are bounded through the even power sums (Cauchy & Schwarz).
  ///
  /// - Parameters:
  ///   - terms: a tally with the number of terms as its bars and the sums of their squares and fourth powers, where
  ///     some were taken back and those of `expected` are smaller.
  ///   - unitRoundoff: of the fast kernel's scalar.
  public static func differences(
    _ found: Tally, _ expected: Tally, terms added: Tally? = nil, unitRoundoff u: Double
  ) -> [String] {
    let added = added ?? expected
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
    let terms = (Double(added.bars) + 8) * u
    let factors = (2 * Double(expected.bars) + 16) * u
    let absolute = (Double(added.bars) * added.sumOfSquares).squareRoot()
    let cubes = (added.sumOfSquares * added.sumOfFourths).squareRoot()
    check("turnover", found.turnover, expected.turnover, within: 0)
    check("sum", found.sum, expected.sum, within: terms * absolute)
    check("sumOfSquares", found.sumOfSquares, expected.sumOfSquares, within: terms * added.sumOfSquares)
    check("sumOfCubes", found.sumOfCubes, expected.sumOfCubes, within: terms * cubes)
    check("sumOfFourths", found.sumOfFourths, expected.sumOfFourths, within: terms * added.sumOfFourths)
    check("sumOfLosses", found.sumOfLosses, expected.sumOfLosses, within: terms * absolute)
    check(
      "sumOfSquaredLosses", found.sumOfSquaredLosses, expected.sumOfSquaredLosses,
      within: terms * added.sumOfSquares)
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
