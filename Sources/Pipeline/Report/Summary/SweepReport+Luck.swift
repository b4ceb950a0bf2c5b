/// What a summary says of the win rate that luck alone reaches.
extension SweepReport {
  /// Nothing where the winner was not chosen by its win rate.
  var luckLines: [String] {
    guard let validation, validation.luck.isCompared, validation.luck.best.isFinite else { return [] }
    let luck = validation.luck
    let reached = luck.probability(ofBestAtLeast: validation.outcomes.first?.training.winRate ?? .nan)
    let basis =
      luck.expectedBestInThisMarket.isFinite
      ? "on this market"
      : "among coins that win \(Figures.percent(luck.probability)) of trades"
    return [
      Figures.entry(
        "luck",
        "the best of \(Figures.count(luck.strategies)) by luck is expected to win \(Figures.percent(luck.best)) \(basis)"
          + (reached.isNaN
            ? "" : "; it wins as much as the winner with probability \(Figures.probability(reached))")
      )
    ]
  }
}
