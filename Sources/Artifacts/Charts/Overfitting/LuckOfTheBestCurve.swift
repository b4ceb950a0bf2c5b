/// The picture of trying more strategies without any skill: the Sharpe ratio that the best of them gains by luck
/// against how many they are, and the winner beside it.
public struct LuckOfTheBestCurve: Sendable {
  /// The best of so many strategies without skill.
  public struct Point: Equatable, Sendable {
    /// How many strategies, 1 or more.
    public let strategies: Int
    /// The annualised Sharpe ratio that the best gains on average.
    public let mean: Double
    /// What it exceeds in all but 5 % of resamples.
    public let lower: Double
    /// What it does not exceed in all but 5 % of resamples.
    public let upper: Double

    /// See the properties of the same names.
    public init(strategies: Int, mean: Double, lower: Double, upper: Double) {
      self.strategies = strategies
      self.mean = mean
      self.lower = lower
      self.upper = upper
    }

    fileprivate var isDrawable: Bool { strategies > 0 && mean.isFinite }
  }

  /// In ascending order of the strategies; the last one is all that were tested.
  public let points: [Point]
  /// The winner's annualised Sharpe ratio above the benchmark.
  public let winner: Double
  /// What the benchmark is called.
  public let benchmark: String
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(points: [Point], winner: Double, benchmark: String, title: String? = nil) {
    self.points = points
    self.winner = winner
    self.benchmark = benchmark
    self.title = title
  }

  /// The picture as a PNG file of 1,600 × 900 pixels; the same values give the same bytes.
  ///
  /// - Parameter context: what was looked at, in one line at the foot of the picture.
  /// - Throws: `ChartError` when the font or the memory for it is missing.
  public func png(context: String = "") throws(ChartError) -> [UInt8] {
    try Canvas.png(context: context, draw)
  }

  func draw(on canvas: Canvas) {
    let curve = points.filter(\.isDrawable)
    guard let last = curve.last else {
      let room = Heading(title: title ?? finding).draw(on: canvas)
      Frame.drawNothing("no strategy has a return that varies", on: canvas, in: room)
      return
    }
    let room = Heading(title: title ?? finding, subtitle: subtitle, legend: legend).draw(on: canvas)
    let xs = curve.map { Double($0.strategies) }
    let reached: [Double] = curve.flatMap { [$0.mean, $0.lower, $0.upper] }
    let heights = (reached + [0, winner]).filter { $0.isFinite }
    let frame = Frame(
      in: room,
      x: Axis(Scale(.logarithmic, covering: xs, padding: 0.03), title: "strategies tried (log scale)"),
      y: Axis(
        Scale(covering: heights, padding: 0.04), title: "Sharpe ratio, annualised"))
    frame.draw(on: canvas) { area in
      area.horizontalLine(at: 0, Stroke(.axis, width: 1.5))
      area.ribbon(xs, from: curve.map(\.lower), to: curve.map(\.upper), Self.bandColour)
      area.line(xs, curve.map(\.mean), Self.meanStroke)
      if winner.isFinite { area.estimate(at: Double(last.strategies), Estimate(winner), Self.winnerColour) }
    }
  }

  private static let bandColour = Colour.strategies.withOpacity(0.3)
  private static let meanStroke = Stroke(.ink, width: 3)
  private static let winnerColour = Colour.vermillion

  private var legend: [LegendEntry] {
    let luck = [
      LegendEntry(.line(Self.meanStroke), "the best by luck, on average"),
      LegendEntry(.swatch(Self.bandColour), "5 % to 95 % of resamples"),
    ]
    return winner.isFinite
      ? luck + [LegendEntry(.dot(Self.winnerColour), "winner: \(NumberFormat.plain.text(winner))")] : luck
  }

  var finding: String {
    guard let last = points.last(where: \.isDrawable) else {
      return "Nothing is known of the luck of the best"
    }
    let count = Wording.strategies(last.strategies)
    guard winner.isFinite else {
      return "The best of \(count) gains a Sharpe ratio of \(NumberFormat.plain.text(last.mean)) by luck"
    }
    let isBelow = winner < last.lower
    let (own, bound) = Wording.distinct(winner, isBelow ? last.lower : last.upper, .plain)
    let place = isBelow ? "below" : winner > last.upper ? "above" : "within"
    return "The winner’s Sharpe ratio of \(own) is \(place) what luck gives the best of \(count), "
      + (isBelow ? "\(bound) and more" : "up to \(bound)")
  }

  private var subtitle: String {
    "Resampled returns of the very strategies, none of which has skill: the more are tried, the better the best looks. "
      + "All Sharpe ratios are those above \(benchmark)"
  }
}
