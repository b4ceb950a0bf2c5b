/// The picture of the deflated Sharpe ratio against the number of trials that it is deflated for.
public struct DeflatedSharpeCurve: Sendable {
  /// The deflated Sharpe ratio for a number of trials.
  public struct Point: Equatable, Sendable {
    /// The number of trials, 1 or more; an effective number need not be whole.
    public let trials: Double
    /// The probability, between 0 and 1, that the true Sharpe ratio is above what luck gives the best of so many.
    public let value: Double

    /// See the properties of the same names.
    public init(trials: Double, value: Double) {
      self.trials = trials
      self.value = value
    }

    fileprivate var isDrawable: Bool { trials >= 1 && trials.isFinite && value.isFinite }
  }

  /// An estimate of how many independent trials the strategies are worth, and what follows from it.
  public struct Marker: Equatable, Sendable {
    /// The name of the estimate, as "entropy".
    public let name: String
    /// The number of trials and the deflated Sharpe ratio for it.
    public let point: Point

    /// See the properties of the same names.
    public init(name: String, point: Point) {
      self.name = name
      self.point = point
    }
  }

  /// The curve, in ascending order of the trials. What is undefined interrupts it.
  public let curve: [Point]
  /// The deflated Sharpe ratio for every strategy that was generated.
  public let all: Point
  /// The same for estimates of the effective number of trials. One that is undefined is left out.
  public let effective: [Marker]
  /// Below this, luck may explain the winner.
  public let bound: Double
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(
    curve: [Point], all: Point, effective: [Marker], bound: Double = 0.95, title: String? = nil
  ) {
    self.curve = curve
    self.all = all
    self.effective = effective
    self.bound = bound
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
    let markers = ([Marker(name: "all", point: all)] + effective).filter(\.point.isDrawable)
    let trials = (curve.filter(\.isDrawable) + markers.map(\.point)).map(\.trials)
    guard !trials.isEmpty else {
      let room = Heading(title: title ?? "The winner has no deflated Sharpe ratio").draw(on: canvas)
      let reason = curve.isEmpty ? "there are no trials" : "every value is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let colours = markers.indices.map { DeflatedSharpeCurve.colour(of: $0) }
    let room = Heading(title: title ?? finding, subtitle: subtitle, legend: legend(markers, colours)).draw(
      on: canvas)
    let references = zip(markers, colours).map { marker, colour in
      ReferenceLine(
        value: marker.point.trials,
        text: Wording.quantity(marker.point.trials),
        stroke: Stroke(colour, width: 2, dashes: Stroke.dotted))
    }
    let frame = Frame(
      in: room,
      x: Axis(
        Scale(.logarithmic, covering: trials + [1], padding: 0.03), title: "independent trials (log scale)"),
      y: Axis(Scale(covering: [0, 1], padding: 0.02), title: "deflated Sharpe ratio, a probability"),
      references: references)
    frame.draw(on: canvas) { area in
      area.horizontalLine(at: bound, DeflatedSharpeCurve.boundStroke)
      let points = curve.map { $0.isDrawable ? $0 : Point(trials: .nan, value: .nan) }
      area.line(points.map(\.trials), points.map(\.value), DeflatedSharpeCurve.curveStroke)
      for (marker, colour) in zip(markers, colours) {
        area.estimate(at: marker.point.trials, Estimate(marker.point.value), colour)
      }
    }
  }

  private static let curveStroke = Stroke(.ink, width: 3.5)
  private static let boundStroke = Stroke(.quiet, width: 2.5, dashes: Stroke.dashed)

  /// Vermillion for all trials, and for each estimate one of the colours in which text is easily read; more estimates than
  /// colours share the last.
  private static func colour(of marker: Int) -> Colour {
    let colours: [Colour] = [.vermillion, .bluishGreen, .blue, .reddishPurple, .quiet]
    return colours[min(marker, colours.count - 1)]
  }

  /// Names and values; the lines themselves are labelled with the number of trials alone.
  private func legend(_ markers: [Marker], _ colours: [Colour]) -> [LegendEntry] {
    let values = zip(markers, colours).map { marker, colour in
      LegendEntry(.dot(colour), "\(marker.name): \(NumberFormat.plain.text(marker.point.value, decimals: 3))")
    }
    return [
      LegendEntry(.line(DeflatedSharpeCurve.curveStroke), "deflated Sharpe ratio"),
      LegendEntry(.line(DeflatedSharpeCurve.boundStroke), "bound \(NumberFormat.plain.text(bound))"),
    ] + values
  }

  /// The number of trials at which the curve first falls below the bound, between two points on the straight line over
  /// logarithms.
  var crossing: Double? {
    let points = curve.filter(\.isDrawable)
    for (before, after) in zip(points, points.dropFirst()) where before.value >= bound && after.value < bound
    {
      let fraction = (before.value - bound) / (before.value - after.value)
      let start = DecimalPowers.logarithm(before.trials)
      return DecimalPowers.power(start + fraction * (DecimalPowers.logarithm(after.trials) - start))
    }
    return nil
  }

  var finding: String {
    guard all.isDrawable else { return "The deflated Sharpe ratio by the number of trials" }
    let trials = all.trials == 1 ? "one trial" : "all \(Wording.quantity(all.trials)) trials"
    let (value, limit) = Wording.distinct(all.value, bound, .plain)
    return all.value < bound
      ? "Counting \(trials), luck may explain the winner: deflated Sharpe ratio \(value), below \(limit)"
      : "Counting \(trials), luck hardly explains the winner: deflated Sharpe ratio \(value), not below \(limit)"
  }

  private var subtitle: String {
    let meaning =
      "The probability that the winner’s true Sharpe ratio exceeds what luck alone gives the best of so many "
      + "trials"
      + (effective.isEmpty
        ? "" : ": of all that were tried, and of as many independent ones as they vary like")
    guard let crossing else { return meaning + ". Good: above the dashed line for all trials" }
    let most = crossing < 1e15 ? Wording.trials(Int(crossing)) : "\(Wording.quantity(crossing)) trials"
    return meaning + "; not below the bound up to \(most). Good: above the dashed line for all trials"
  }
}
