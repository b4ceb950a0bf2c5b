/// The picture of performance degradation: what the strategy chosen in sample did there and what it did outside.
public struct InSampleVersusOutOfSample: Sendable {
  /// The name of the metric, of which more is better, with its unit, as "Sharpe ratio, annualised".
  public let metric: String
  /// How its values are written.
  public let format: NumberFormat
  /// The metric of each split's selected strategy in sample. A split is left out, and counted, when either value is not
  /// finite.
  public let inSample: [Double]
  /// The metric of the same strategies out of sample.
  public let outOfSample: [Double]
  /// What all values are multiplied by, such as what annualises them; above 0.
  public let scale: Double
  /// Whether a value below zero is a loss; a win rate, say, is never below it.
  public let isSigned: Bool
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  ///
  /// - Precondition: as many values out of sample as in sample.
  public init(
    metric: String, format: NumberFormat, inSample: [Double], outOfSample: [Double], scale: Double = 1,
    isSigned: Bool = true, title: String? = nil
  ) {
    precondition(inSample.count == outOfSample.count)
    self.metric = metric
    self.format = format
    self.inSample = inSample
    self.outOfSample = outOfSample
    self.scale = scale
    self.isSigned = isSigned
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
    let (xs, ys) = known
    guard !xs.isEmpty else {
      let room = Heading(title: title ?? "No split has a \(Wording.name(metric)) in sample and out of sample")
        .draw(
          on: canvas)
      let reason = inSample.isEmpty ? "there are no splits" : "every split has an undefined value"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let line = LeastSquares(xs, ys)
    // Two ranges: what was chosen for being high lies far from what it was outside, and a common one would be half empty.
    let x = Scale(covering: Quantiles.frame(xs), padding: 0.05)
    let y = Scale(covering: Quantiles.frame(ys) + (isSigned ? [0] : []), padding: 0.05)
    let outside = zip(xs, ys).count { !x.contains($0) || !y.contains($1) }
    let heading = Heading(
      title: title ?? finding, subtitle: subtitle(shown: xs.count, outside: outside, line: line),
      legend: legend(xs.count, line, x, y))
    let frame = Frame(
      in: heading.draw(on: canvas),
      x: Axis(x, title: "\(metric), in the half it was chosen by", format: format),
      y: Axis(y, title: "\(metric), out of sample", format: format))
    frame.draw(on: canvas) { area in
      if isSigned { area.rowBand(from: y.lower, to: 0, Colour.overfit.withOpacity(0.16)) }
      area.scatter(xs, ys, .training)
      if isSigned { area.horizontalLine(at: 0, Stroke(.ink, width: 1.5)) }
      // On white, so that it is seen on the darkest cells.
      area.straightLine(intercept: 0, slope: 1, Stroke(Colour.paper.withOpacity(0.75), width: 5))
      area.straightLine(intercept: 0, slope: 1, InSampleVersusOutOfSample.diagonal)
      if let line {
        area.straightLine(
          intercept: line.intercept, slope: line.slope, InSampleVersusOutOfSample.regression)
      }
    }
  }

  /// The splits with both values; not copied where they are all.
  private var known: (xs: ScaledValues, ys: ScaledValues) {
    let xs = ScaledValues(values: inSample, scale: scale)
    let ys = ScaledValues(values: outOfSample, scale: scale)
    if zip(xs, ys).allSatisfy({ $0.isFinite && $1.isFinite }) { return (xs, ys) }
    let defined = xs.indices.filter { xs[$0].isFinite && ys[$0].isFinite }
    return (xs.only(defined), ys.only(defined))
  }

  private static let diagonal = Stroke(.ink, width: 2, dashes: Stroke.dashed)
  private static let regression = Stroke(.vermillion, width: 3.5)

  private func legend(_ count: Int, _ line: LeastSquares?, _ x: Scale, _ y: Scale) -> [LegendEntry] {
    var entries = [PlotArea.scatterEntry(count, .training, one: "one split", many: "splits")]
    if let line {
      entries.append(
        LegendEntry(
          .line(InSampleVersusOutOfSample.regression),
          "least squares, slope \(NumberFormat.plain.text(line.slope))"))
    }
    if max(x.lower, y.lower) < min(x.upper, y.upper) {
      entries.append(LegendEntry(.line(InSampleVersusOutOfSample.diagonal), "as good as in sample"))
    }
    return isSigned
      ? entries + [LegendEntry(.swatch(Colour.overfit.withOpacity(0.3)), "a loss out of sample")] : entries
  }

  var finding: String {
    guard isSigned else {
      let known = known
      func mean(_ values: ScaledValues) -> Double { values.reduce(0) { $0 + $1 / Double(values.count) } }
      let (before, after) = Wording.distinct(mean(known.xs), mean(known.ys), format)
      return
        "The in-sample winner’s \(Wording.name(metric)) is \(before) in sample and \(after) out of sample, "
        + "on average over \(Wording.splits(known.xs.count))"
    }
    let outcomes = ScaledValues(values: outOfSample, scale: scale).lazy.filter(\.isFinite)
    let losses = outcomes.count { $0 < 0 }
    return
      "In \(Wording.share(losses, of: outcomes.count)) of \(Wording.splits(outcomes.count)) the in-sample winner "
      + "loses money out of sample"
  }

  func subtitle(shown: Int, outside: Int, line: LeastSquares?) -> String {
    var text = "Chosen by one half of the bars, tried on the other"
    if let line {
      let plain = NumberFormat.plain
      let intercept = format.text(line.intercept)
      let sign = line.slope < 0 ? "−" : "+"
      text += "; out of sample ≈ \(intercept) \(sign) \(plain.text(abs(line.slope))) × in sample"
      if line.correlation.isFinite {
        text += ", R² \(plain.text(line.correlation * line.correlation, decimals: 2))"
      }
    }
    text += ". Fully kept: along the dashed diagonal"
    if line != nil { text += ". A slope near −1 arises of itself, as both halves share one history" }
    let undefined = inSample.count - shown
    if undefined > 0 { text += "; \(Wording.splits(undefined)) with an undefined value left out" }
    if outside > 0 { text += "; \(Wording.splits(outside)) beyond the axes" }
    return text
  }
}
