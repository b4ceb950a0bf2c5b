import Kernels

/// One bar's prices as ratios to the close before it.
struct BarShape: Equatable {
  var open: Double
  var high: Double
  var low: Double
  var close: Double
  var volume: Double

  /// The bar of a path that starts at 1 and takes normal steps which sum to `drift` in mean and `volatility` in
  /// standard deviation.
  init(drift: Double, volatility: Double, stream: inout RandomStream) {
    let steps = Double(SyntheticMarket.stepsPerBar)
    let stepVolatility = volatility / steps.squareRoot()
    open = 1
    high = 1
    low = 1
    close = 1
    volume = 0
    for _ in 0..<SyntheticMarket.stepsPerBar {
      close = max(close + drift / steps + stepVolatility * stream.normal(), 1 - SyntheticMarket.largestFall)
      high = max(high, close)
      low = min(low, close)
    }
    // As in real markets much is traded when the price moves much; the scale is arbitrary.
    volume = 1000 * (0.5 + stream.uniform()) * (1 + (close - 1).magnitude / volatility)
  }

  /// Bar `index` of a real market, whose close is moved by `shift`.
  init(of market: Market, at index: Int, shift: Double) {
    let previous = market.close[index - 1]
    close = max(market.close[index] / previous + shift, 1 - SyntheticMarket.largestFall)
    open = market.open[index] / previous
    high = max(market.high[index] / previous, close)
    low = min(market.low[index] / previous, close)
    volume = market.volume[index]
  }
}

/// The endless sequence of bars of a model.
struct BarShapes {
  private var stream: RandomStream
  private var process: Process

  private enum Process {
    case randomWalk(volatility: Double, drift: Double)
    case garch(Garch)
    case regimes(states: [SyntheticModel.Regime], current: Int)
    case bootstrap(source: Market, meanBlockLength: Double, last: Int?)
  }

  private struct Garch {
    let base: Double
    let alpha: Double
    let beta: Double
    let drift: Double
    var variance: Double
  }

  init(_ model: SyntheticModel, source: Market?, stream: RandomStream) throws(SyntheticMarketError) {
    self.stream = stream
    switch model {
    case .randomWalk(let volatility, let drift):
      process = .randomWalk(volatility: volatility, drift: drift)
    case .garch(let volatility, let drift, let alpha, let beta):
      let longRun = volatility * volatility
      process = .garch(
        Garch(base: (1 - alpha - beta) * longRun, alpha: alpha, beta: beta, drift: drift, variance: longRun))
    case .regimes(let calm, let wild):
      process = .regimes(states: [calm, wild], current: 0)
    case .bootstrap(let meanBlockLength):
      let bars = source?.count ?? 0
      guard let source, bars >= 2 else { throw .sourceTooShort(bars: bars, needed: 2) }
      process = .bootstrap(source: source, meanBlockLength: meanBlockLength, last: nil)
    }
  }

  /// The next bar, whose expected return is raised by `shift`.
  mutating func next(shift: Double) -> BarShape {
    switch process {
    case .randomWalk(let volatility, let drift):
      return BarShape(drift: drift + shift, volatility: volatility, stream: &stream)
    case .garch(var garch):
      let drift = garch.drift + shift
      let shape = BarShape(drift: drift, volatility: garch.variance.squareRoot(), stream: &stream)
      let shock = shape.close - 1 - drift
      garch.variance = garch.base + garch.alpha * shock * shock + garch.beta * garch.variance
      process = .garch(garch)
      return shape
    case .regimes(let states, let current):
      let state = states[current]
      let shape = BarShape(drift: state.drift + shift, volatility: state.volatility, stream: &stream)
      // A stay that ends after every bar with probability 1/length has this mean length.
      let leaves = stream.uniform() < 1 / state.length
      process = .regimes(states: states, current: leaves ? 1 - current : current)
      return shape
    case .bootstrap(let source, let meanBlockLength, let last):
      // The first bar has no close before it, so the circle of bars to draw from starts at 1.
      var index = last.map { $0 + 1 < source.count ? $0 + 1 : 1 } ?? 1
      let starts = stream.uniform() < 1 / meanBlockLength
      if last == nil || starts { index = 1 + stream.integer(below: source.count - 1) }
      process = .bootstrap(source: source, meanBlockLength: meanBlockLength, last: index)
      return BarShape(of: source, at: index, shift: shift)
    }
  }
}
