/// Which sides of the market a strategy may take.
public enum Direction: String, Codable, CaseIterable, Sendable {
  /// Long or flat.
  case long
  /// Long, flat or short, the short side mirroring the long one.
  case longShort = "long-short"
}

/// How scores become positions: thresholds with hysteresis, and optional stops.
public struct PositionRule: Equatable, Sendable {
  /// A position is entered when the score is above this (below its negative for the short side).
  public let entry: Double
  /// A position is left when the score is below this (when its magnitude is, with a short side). At most `entry`.
  public let exit: Double
  /// The sides of the market that are taken.
  public let direction: Direction
  /// Close when the trade has lost this fraction, before costs; `nil` for never.
  public let stopLoss: Double?
  /// Close when the trade has gained this fraction, before costs; `nil` for never.
  public let takeProfit: Double?
  /// Close when the trade has earned this many bars; `nil` for never.
  public let maximumHolding: Int?

  /// Whether any stop is set.
  public var hasStops: Bool { stopLoss != nil || takeProfit != nil || maximumHolding != nil }

  public init(
    entry: Double, exit: Double, direction: Direction, stopLoss: Double? = nil, takeProfit: Double? = nil,
    maximumHolding: Int? = nil
  ) {
    self.entry = entry
    self.exit = exit
    self.direction = direction
    self.stopLoss = stopLoss
    self.takeProfit = takeProfit
    self.maximumHolding = maximumHolding
  }
}
