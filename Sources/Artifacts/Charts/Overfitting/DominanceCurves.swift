/// The picture of stochastic dominance: whether choosing the best in sample beat the average strategy, outside.
public struct DominanceCurves: Sendable {
  /// One value of the metric with what is known of both distributions there.
  public struct Point: Equatable, Sendable {
    /// The value of the metric.
    public let value: Double
    /// The share of splits in which the selected strategy did not exceed it.
    public let selected: Double
    /// The same for the mean of all strategies.
    public let average: Double
    /// The integral of `average - selected` up to the value, in units of the metric.
    public let integral: Double

    /// See the properties of the same names.
    public init(value: Double, selected: Double, average: Double, integral: Double) {
      self.value = value
      self.selected = selected
      self.average = average
      self.integral = integral
    }

    fileprivate var isFinite: Bool {
      value.isFinite && selected.isFinite && average.isFinite && integral.isFinite
    }
  }

  /// The name of the metric, of which more is better, with its unit, as "Sharpe ratio, annualised".
  public let metric: String
  /// How its values are written.
  public let format: NumberFormat
  /// Both distribution functions, at values that ascend. A point with an undefined part is left out and counted.
  public let points: [Point]
  /// Of how many values one is among ``points``.
  public let spacing: Int
  /// Whether the selected strategies dominate in the first order.
  public let isFirstOrder: Bool
  /// Whether they dominate in the second order.
  public let isSecondOrder: Bool
  /// How many splits the distributions are made of.
  public let splits: Int
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(
    metric: String, format: NumberFormat, points: [Point], spacing: Int = 1, isFirstOrder: Bool,
    isSecondOrder: Bool,
    splits: Int, title: String? = nil
  ) {
    self.metric = metric
    self.format = format
    self.points = points
    self.spacing = spacing
    self.isFirstOrder = isFirstOrder
    self.isSecondOrder = isSecondOrder
    self.splits = splits
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
    let finite = points.filter(\.isFinite)
    guard !finite.isEmpty else {
      let room = Heading(title: title ?? "Nothing dominates: no split has a \(Wording.name(metric))").draw(
        on: canvas)
      let reason = points.isEmpty ? "there are no splits" : "every value is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let x = Scale(covering: Sample(finite.map(\.value)).shown, padding: 0.05)
    let seen = finite.filter { x.contains($0.value) }
    let heading = Heading(
      title: title ?? finding,
      subtitle: subtitle(undefined: points.count - finite.count, outside: finite.count - seen.count),
      legend: DominanceCurves.legend)
    let panels = heading.draw(on: canvas).columns(2, gap: 56)
    drawDistributions(finite, x, on: canvas, in: panels[0])
    drawIntegral(finite, x, seen, on: canvas, in: panels[1])
  }

  private static let selectedStroke = Stroke(.validation, width: 3.5)
  private static let averageStroke = Stroke(.market, width: 3.5)
  private static let integralStroke = Stroke(.training, width: 3.5)

  private static var legend: [LegendEntry] {
    [
      LegendEntry(.line(selectedStroke), "the in-sample winner"),
      LegendEntry(.line(averageStroke), "average of all strategies"),
      LegendEntry(.line(integralStroke), "area between them"),
    ]
  }

  private func drawDistributions(_ points: [Point], _ x: Scale, on canvas: Canvas, in box: Box) {
    let frame = Frame(
      in: box, x: Axis(x, title: "\(metric), out of sample", format: format),
      y: Axis(
        Scale(covering: [0, 1], padding: 0.02), title: "share of splits at or below", format: .percent),
      name: "First order: the lower curve is better")
    frame.draw(on: canvas) { area in
      let values = points.map(\.value)
      area.steps(values, points.map(\.average), DominanceCurves.averageStroke)
      area.steps(values, points.map(\.selected), DominanceCurves.selectedStroke)
    }
  }

  private func drawIntegral(
    _ points: [Point], _ x: Scale, _ seen: [Point], on canvas: Canvas, in box: Box
  ) {
    let y = Scale(covering: seen.map(\.integral) + [0], padding: 0.06)
    let frame = Frame(
      in: box, x: Axis(x, title: "\(metric), out of sample", format: format),
      y: Axis(y, title: "area between the curves up to here", format: format),
      name: "Second order: above zero is better")
    frame.draw(on: canvas) { area in
      area.rowBand(from: y.lower, to: 0, Colour.overfit.withOpacity(0.16))
      area.horizontalLine(at: 0, Stroke(.ink, width: 1.5))
      // Straight between values, as both functions are constant there; flat before the first and after the last.
      let last = points[points.count - 1]
      area.line(
        [min(x.lower, points[0].value)] + points.map(\.value) + [max(x.upper, last.value)],
        [0] + points.map(\.integral) + [last.integral], DominanceCurves.integralStroke)
    }
  }

  var finding: String {
    if isFirstOrder {
      return "Choosing the winner was better than choosing at random, at every level (first order)"
    }
    if isSecondOrder {
      return
        "Choosing the winner was better than choosing at random for whoever is averse to risk (second order)"
    }
    guard let mean = points.last(where: \.isFinite)?.integral else {
      return "Choosing the winner was not clearly better than choosing at random"
    }
    if mean < 0 { return "Choosing the winner did worse on average than choosing at random" }
    return "Choosing the winner did better on average than choosing at random, not at every level"
      + (lastFailure.map { ": it fails up to \(format.text($0))" } ?? "")
  }

  /// The greatest value of the metric at which the second order fails; nil where it holds, or nothing is known.
  var lastFailure: Double? { points.filter { $0.isFinite && $0.integral < 0 }.map(\.value).max() }

  private func subtitle(undefined: Int, outside: Int) -> String {
    let reading =
      if isFirstOrder {
        "Choosing paid for anybody who prefers more to less"
      } else if isSecondOrder {
        "Left, the curves cross; right, the area between them never falls below zero"
      } else {
        "Where the right curve is below zero, whoever is averse to risk need not prefer the choice"
      }
    return "\(Wording.splits(splits)), choosing by one half of the bars, trying on the other. " + reading
      + Wording.leftOut(undefined)
      + (outside > 0
        ? "; \(spacing > 1 ? "about " : "")\(NumberFormat.count(outside * spacing)) splits beyond the axes"
        : "")
  }
}
