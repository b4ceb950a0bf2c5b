/// What a summary says of the win rate that luck alone reaches.
extension SweepReport {
  /// Nothing where the winner was not chosen by its win rate.
  var luckLines: [String] {
    guard let luck = validation?.luck, luck.isCompared, luck.best.isFinite else { return [] }
    let basis =
      luck.expectedBestInThisMarket.isFinite
      ? "expected on this market"
      : "expected of coins that win \(Figures.percent(luck.probability)) of trades"
    return [
      Figures.entry(
        "luck", "best of \(Figures.count(luck.strategies)) by luck: \(Figures.percent(luck.best)) \(basis)")
    ]
  }
}
