import Kernels

/// A market that is made up from a seed, so that what is true about it is known.
///
/// All models give full bars: within a bar the price takes `stepsPerBar` steps, whose highest and lowest point are the
/// bar's. A bar opens at the close of the one before, except in a bootstrap, which keeps the real openings. The first
/// bars of a longer market are those of a shorter one with the same seed.
///
/// **The planted edge.** After a bar that closed up, the expected return of the next is raised by `edge`, after one
/// that closed down it is lowered by `edge`, and after one that closed unchanged it stays. So `momentum` over one bar,
/// long and short, filled at the close, earns exactly `edge` a bar in expectation, before costs, on top of what the
/// model itself gives it: nothing for `random-walk` and `garch` without drift.
public struct SyntheticMarket: Sendable, Equatable, Codable {
  /// A million days are 2,700 years, ten million minutes 19: more is a slip of the keyboard.
  public static let countRange = 2...10_000_000
  /// The largest edge a bar, in magnitude.
  public static let edgeLimit = 0.1
  /// Prices whose squares are still numbers. A walk without drift loses half its variance a bar in the logarithm, so
  /// that a million bars of the default volatility, which is meant for days, leave it.
  public static let priceRange = 1e-100...1e100
  /// Few enough to be fast, and enough for highs and lows that differ from the open and the close.
  public static let stepsPerBar = 16
  /// No bar falls by more than this share of the last close, however large the shock that was drawn.
  static let largestFall = 0.99

  /// How returns are made.
  public let model: SyntheticModel
  /// The number of bars.
  public let count: Int
  /// Of everything random in it.
  public let seed: UInt64
  /// Expected return a bar of following the last bar's direction, as a fraction: 0.001 is 10 basis points.
  public let edge: Double
  /// The opening time of the first bar, microseconds since 1970.
  public let start: Int64
  /// The distance of two bars in microseconds.
  public let spacing: Int64

  /// - Parameters:
  ///   - start: 2000-01-01T00:00:00Z unless given.
  ///   - spacing: a day unless given.
  /// - Throws: `SyntheticMarketError` for a count or an edge out of range.
  public init(
    model: SyntheticModel, count: Int, seed: UInt64, edge: Double = 0, start: Int64 = 946_684_800_000_000,
    spacing: Int64 = TradingCalendar.day
  ) throws(SyntheticMarketError) {
    guard Self.countRange.contains(count) else { throw .badCount(found: count, range: Self.countRange) }
    guard edge.magnitude <= Self.edgeLimit else {
      throw .badValue(parameter: "edge", found: "\(edge)", range: -Self.edgeLimit...Self.edgeLimit)
    }
    precondition(spacing > 0, "bars advance in time")
    self.model = model
    self.count = count
    self.seed = seed
    self.edge = edge
    self.start = start
    self.spacing = spacing
  }

  /// The bars.
  ///
  /// - Parameter source: the market that `bootstrap` resamples; the other models ignore it.
  /// - Throws: `SyntheticMarketError`: `sourceTooShort` when a bootstrap has fewer than two bars to draw from,
  ///   `priceOutOfRange` when the price leaves `priceRange`.
  public func market(resampling source: Market? = nil) throws(SyntheticMarketError) -> Market {
    var shapes = try BarShapes(model, source: source, stream: RandomStream(seed: seed, purpose: .market))
    var columns = Columns(count: count)
    var previous = 100.0
    var direction = 0.0
    for bar in 0..<count {
      let shape = shapes.next(shift: direction * edge)
      let close = previous * shape.close
      guard Self.priceRange.contains(close) else {
        throw .priceOutOfRange(bar: bar, count: count, range: Self.priceRange)
      }
      columns.open.append(previous * shape.open)
      columns.high.append(previous * shape.high)
      columns.low.append(previous * shape.low)
      columns.close.append(close)
      columns.volume.append(shape.volume)
      direction = close > previous ? 1 : close < previous ? -1 : 0
      previous = close
    }
    return Market(
      name: "synthetic-\(model.name)", timestamps: (0..<count).map { start + Int64($0) * spacing },
      open: columns.open, high: columns.high, low: columns.low, close: columns.close, volume: columns.volume)
  }

  private struct Columns {
    var open: [Double] = []
    var high: [Double] = []
    var low: [Double] = []
    var close: [Double] = []
    var volume: [Double] = []

    init(count: Int) {
      open.reserveCapacity(count)
      high.reserveCapacity(count)
      low.reserveCapacity(count)
      close.reserveCapacity(count)
      volume.reserveCapacity(count)
    }
  }
}
