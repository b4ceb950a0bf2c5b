/// What holding one unit earns from bar to bar, in the two views that a backtest needs.
public struct BarReturns: Equatable, Sendable {
  /// `earned[t]` is the return of bar t, which a decision of bar t - 1 earns; `earned[0]` is never earned.
  public let earned: [Double]
  /// `known[t]` is the part of `earned[t]` that is known when the decision of bar t is made.
  public let known: [Double]

  /// The number of bars.
  public var count: Int { earned.count }

  /// - Precondition: both have the same length.
  public init(earned: [Double], known: [Double]) {
    precondition(earned.count == known.count, "one entry a bar in both")
    self.earned = earned
    self.known = known
  }

  /// Returns between closes: orders fill at the close of the bar on which they are decided.
  public init(filledAtClose close: [Double]) {
    let earned = close.indices.map { $0 == 0 ? 0 : close[$0] / close[$0 - 1] - 1 }
    self.init(earned: earned, known: earned)
  }

  /// Returns between opens: orders fill at the open of the bar after the one on which they are decided.
  public init(filledAtNextOpen open: [Double], close: [Double]) {
    self.init(
      earned: open.indices.map { $0 + 1 < open.count ? open[$0 + 1] / open[$0] - 1 : 0 },
      known: open.indices.map { close[$0] / open[$0] - 1 })
  }
}
