import Kernels

/// The precision of scores and of arithmetic within a tile.
public enum Precision: String, Codable, CaseIterable, Sendable {
  case single
  case double
}

/// Which kernel accounts.
public enum KernelChoice: String, Codable, CaseIterable, Sendable {
  /// The fast one.
  case fused
  /// The specification, many times slower.
  case reference
}

/// When an order fills.
public enum Fill: String, Codable, CaseIterable, Sendable {
  /// At the close of the bar on which it is decided.
  case close
  /// At the open of the next bar.
  case nextOpen = "next-open"

  /// What a market's bars earn under this fill.
  public func returns(of market: Market) -> BarReturns {
    switch self {
    case .close: BarReturns(filledAtClose: market.close)
    case .nextOpen: BarReturns(filledAtNextOpen: market.open, close: market.close)
    }
  }

  /// Decisions at the end of a segment that earn nothing in it.
  public var unfilledDecisions: Int { self == .close ? 1 : 2 }
}

/// How given signals are laid along the bars.
public enum SignalAlignment: String, Codable, CaseIterable, Sendable {
  /// The first signal stands for the first bar of every segment, as in the classic coin-flip demonstration.
  case segment
  /// The first signal stands for the market's first bar.
  case market
}

/// One way of running strategies over one market: everything but the strategies.
public struct Backtest: Sendable {
  /// The bars.
  public let market: Market
  /// The segments and their decisions.
  public let timeline: Timeline
  /// When orders fill.
  public let fill: Fill
  /// Cost of changing the position by one, as a fraction of equity: fee and slippage together.
  public let cost: Double
  /// How tallies will be read.
  public let convention: Convention
  /// Where given signals begin.
  public let signalAlignment: SignalAlignment
  /// Of scores and of arithmetic within a tile.
  public let precision: Precision
  /// Which kernel accounts.
  public let kernel: KernelChoice
  /// Threads at work, at least 1.
  public let threads: Int
  /// What the market's bars earn.
  public let returns: BarReturns

  /// - Parameters:
  ///   - segments: disjoint, in the order of time, inside of the market.
  ///   - costBasisPoints: of a change of the position by one.
  ///   - convention: how tallies will be read, which decides the bars that bear costs.
  public init(
    market: Market, segments: [Segment], fill: Fill = .close, costBasisPoints: Double = 0,
    convention: Convention = .portfolio, signalAlignment: SignalAlignment = .segment,
    precision: Precision = .single,
    kernel: KernelChoice = .fused, threads: Int = 1
  ) {
    self.init(
      market, segments, fill, cost: costBasisPoints / 10_000, convention, signalAlignment, precision, kernel,
      threads)
  }

  /// The same way of running strategies as `other`, over other bars or other segments.
  ///
  /// - Parameters:
  ///   - segments: disjoint, in the order of time, inside of the market.
  ///   - fill: in place of the other's.
  public init(
    market: Market, segments: [Segment], like other: Backtest, fill: Fill? = nil, threads: Int
  ) {
    self.init(
      market, segments, fill ?? other.fill, cost: other.cost, other.convention, other.signalAlignment,
      other.precision, other.kernel, threads)
  }

  private init(
    _ market: Market, _ segments: [Segment], _ fill: Fill, cost: Double, _ convention: Convention,
    _ signalAlignment: SignalAlignment, _ precision: Precision, _ kernel: KernelChoice, _ threads: Int
  ) {
    precondition(segments.allSatisfy { $0.bars.upperBound <= market.count }, "segments of this market")
    self.market = market
    self.timeline = Timeline(segments: segments, unfilledDecisions: fill.unfilledDecisions)
    self.fill = fill
    self.cost = cost
    self.convention = convention
    self.signalAlignment = signalAlignment
    self.precision = precision
    self.kernel = kernel
    self.threads = threads
    self.returns = fill.returns(of: market)
  }

  /// Up to where a deviation is none, by how the sums of tallies are made.
  public var rounding: SpreadRounding { kernel == .fused && precision == .single ? .single : .double }

  /// The bar whose observation bears costs. Without costs it does not matter, and the kernel has the shorter way.
  public var costBar: CostBar { convention == .perTrade && cost != 0 ? .held : .following }

  /// For each bar the index of the signal that stands for it, or -1, when there are `length` of them.
  func signalIndices(length: Int) -> [Int] {
    var indices = Array(repeating: -1, count: market.count)
    for segment in timeline.segments {
      for bar in segment.bars {
        let index = signalAlignment == .segment ? bar - segment.bars.lowerBound : bar
        indices[bar] = index < length ? index : -1
      }
    }
    return indices
  }
}
