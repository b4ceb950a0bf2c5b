/// The picture of what trying more strategies does: the best Sharpe ratio in sample against how many were tried.
public struct BestSharpeVersusStrategies: Sendable {
  /// What repeated trials with one number of strategies showed.
  public struct Measurement: Equatable, Sendable {
    /// How many strategies each trial had, 1 or more.
    public let strategies: Int
    /// The mean over the trials of the best annualised Sharpe ratio in sample.
    public let mean: Double
    /// The value that 5 % of the trials do not exceed.
    public let lower: Double
    /// The value that 95 % of the trials do not exceed.
    public let upper: Double
    /// How many trials there were.
    public let trials: Int

    /// See the properties of the same names.
    public init(strategies: Int, mean: Double, lower: Double, upper: Double, trials: Int) {
      self.strategies = strategies
      self.mean = mean
      self.lower = lower
      self.upper = upper
      self.trials = trials
    }

    fileprivate var isDrawable: Bool { strategies > 0 && mean.isFinite }
  }

  /// What theory expects of the best of so many strategies without skill.
  public struct Expectation: Equatable, Sendable {
    /// How many strategies, 1 or more.
    public let strategies: Double
    /// The expected maximum of their annualised Sharpe ratios in sample.
    public let sharpeRatio: Double

    /// See the properties of the same names.
    public init(strategies: Double, sharpeRatio: Double) {
      self.strategies = strategies
      self.sharpeRatio = sharpeRatio
    }

    fileprivate var isDrawable: Bool { strategies >= 1 && strategies.isFinite && sharpeRatio.isFinite }
  }

  /// What was measured, in ascending order of the strategies. A measurement without a mean is left out and counted.
  public let measured: [Measurement]
  /// The curve of theory, in ascending order of the strategies.
  public let expected: [Expectation]
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(measured: [Measurement], expected: [Expectation], title: String? = nil) {
    self.measured = measured
    self.expected = expected
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
    let points = measured.filter(\.isDrawable)
    let curve = expected.filter(\.isDrawable)
    guard !points.isEmpty else {
      let room = Heading(title: title ?? "No trial has a best Sharpe ratio").draw(on: canvas)
      let reason = measured.isEmpty ? "there are no trials" : "every Sharpe ratio is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let heading = Heading(
      title: title ?? finding, subtitle: subtitle(points, of: measured.count),
      legend: legend(isLine: points.count > 1, hasCurve: !curve.isEmpty))
    let xs = points.map { Double($0.strategies) }
    let x = Scale(.logarithmic, covering: xs + curve.map(\.strategies), padding: 0.03)
    let heights = points.flatMap { [$0.mean, $0.lower, $0.upper] } + curve.map(\.sharpeRatio)
    let frame = Frame(
      in: heading.draw(on: canvas), x: Axis(x, title: "strategies tried (log scale)"),
      y: Axis(
        Scale(covering: heights + [0], padding: 0.04), title: "best Sharpe ratio in training, annualised"))
    frame.draw(on: canvas) { area in
      area.horizontalLine(at: 0, Stroke(.axis, width: 1.5))
      area.ribbon(
        xs, from: points.map(\.lower), to: points.map(\.upper), BestSharpeVersusStrategies.bandColour)
      area.line(xs, points.map(\.mean), BestSharpeVersusStrategies.meanStroke)
      area.line(
        curve.map(\.strategies), curve.map(\.sharpeRatio), BestSharpeVersusStrategies.curveStroke)
      for (place, point) in zip(xs, points) { area.estimate(at: place, Estimate(point.mean), .training) }
    }
  }

  private static let bandColour = Colour.training.withOpacity(0.18)
  private static let meanStroke = Stroke(.training, width: 3)
  private static let curveStroke = Stroke(.ink, width: 3, dashes: Stroke.dashed)

  private func legend(isLine: Bool, hasCurve: Bool) -> [LegendEntry] {
    let entries = [
      LegendEntry(isLine ? .line(BestSharpeVersusStrategies.meanStroke) : .dot(.training), "measured mean"),
      LegendEntry(.swatch(BestSharpeVersusStrategies.bandColour), "5 % to 95 % of the trials"),
    ]
    return hasCurve
      ? entries + [
        LegendEntry(.line(BestSharpeVersusStrategies.curveStroke), "expected by theory of luck alone")
      ] : entries
  }

  var finding: String {
    guard let last = measured.last(where: \.isDrawable) else { return "The best Sharpe ratio in training" }
    let count = NumberFormat.count(last.strategies)
    // Theory is quoted where it was computed for the same number only.
    let theory = expected.first { $0.strategies == Double(last.strategies) }?.sharpeRatio ?? .nan
    let (mean, luck) = Wording.distinct(last.mean, theory, .plain)
    let measured = "The best of \(count) reaches a Sharpe ratio of \(mean) on average"
    if last.strategies == 1 { return "A single strategy has a Sharpe ratio of \(mean) on average" }
    return theory.isFinite ? "\(measured); luck alone would reach \(luck)" : measured
  }

  private func subtitle(_ points: [Measurement], of count: Int) -> String {
    let trials = points.map(\.trials)
    let (fewest, most) = (trials.min() ?? 0, trials.max() ?? 0)
    let range =
      fewest == most ? Wording.trials(most) : "\(NumberFormat.count(fewest)) to \(Wording.trials(most))"
    return
      "\(range) for each dot. On the dashed line: all that was found is luck. Clearly above it: skill, or Sharpe "
      + "ratios that scatter more widely than a normal distribution. Below it: strategies that resemble one another"
      + Wording.leftOut(count - points.count)
  }
}
