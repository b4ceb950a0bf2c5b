import Backtesting

/// Closes that come back to one level on every bar, as 1 plus a return, percent or sizes of returns do.
enum CloseLevel {
  /// Fewer do not show it.
  private static let fewestBars = 50
  /// Closes of what is pegged to a currency move by less.
  private static let leastDeviation = 1e-3

  /// What a report says of `market`; `nil` where its closes go on from each other. Squared steps over squared deviations
  /// (``ColumnShape/roughness``) are about 6 / n for prices of n bars, and 2 for numbers that have nothing to do with the one
  /// before: above 1.4 is told, which prices that are drawn back by a third on every bar do not reach.
  static func note(_ market: Market) -> DataNote? {
    guard market.close.count >= fewestBars else { return nil }
    let shape = ColumnShape(market.close)
    guard shape.roughness > 1.4, shape.deviation >= leastDeviation * shape.mean else { return nil }
    return DataNote(
      "level",
      "closes come back to about \(Figures.short(shape.mean)) on every bar, as returns do and prices do not; if they are "
        + "returns, give them to fluke stats")
  }
}
