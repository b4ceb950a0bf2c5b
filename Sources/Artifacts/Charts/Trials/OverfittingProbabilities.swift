/// The picture of the probability of backtest overfitting over repeated trials: how far it strays without skill, and how
/// well it tells a planted edge from that.
public struct OverfittingProbabilities: Sendable {
  /// What trials with a planted edge showed.
  public struct Planted: Equatable, Sendable {
    /// What was planted, as "an edge of 2 bp a bar".
    public let name: String
    /// The probability of backtest overfitting of each trial.
    public let probabilities: [Double]

    /// See the properties of the same names.
    public init(name: String, probabilities: [Double]) {
      self.name = name
      self.probabilities = probabilities
    }
  }

  /// The probability of backtest overfitting of each trial without skill. What is not between 0 and 1 is left out and
  /// counted.
  public let null: [Double]
  /// The same with a planted edge, if there were such trials.
  public let planted: Planted?
  /// Above this a winner passes for overfit.
  public let bound: Double
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(null: [Double], planted: Planted? = nil, bound: Double = 0.5, title: String? = nil) {
    self.null = null
    self.planted = planted
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
    let noise = OverfittingProbabilities.defined(null)
    let edge = OverfittingProbabilities.defined(planted?.probabilities ?? [])
    guard !noise.isEmpty || !edge.isEmpty else {
      let room = Heading(title: title ?? "No trial has a probability of overfitting").draw(on: canvas)
      let reason = null.isEmpty ? "there are no trials" : "every probability is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let heading = Heading(
      title: title ?? finding, subtitle: subtitle(noise, edge), legend: legend(noise, edge))
    let bins = [noise, edge].map { Histogram($0, width: OverfittingProbabilities.binWidth, over: 0...1) }
    let heights = bins.map { bins in
      bins.counts.map { Double($0) / Double(max(1, bins.counts.reduce(0, +))) }
    }
    let highest = heights.joined().max() ?? 1
    let frame = Frame(
      in: heading.draw(on: canvas),
      x: Axis(
        Scale(covering: [0, 1], padding: 0.02), title: "probability of backtest overfitting of a trial"),
      y: Axis(Scale(covering: [0, highest]).rounded(limit: 8), title: "share of trials", format: .percent),
      references: references(noise))
    frame.draw(on: canvas) { area in
      if let ends = OverfittingProbabilities.middle(noise) {
        area.band(from: ends.lower, to: ends.upper, Colour.quiet.withOpacity(0.12))
      }
      for (bin, height) in heights[0].enumerated() {
        area.bar(
          from: bins[0].edge(bin), to: bins[0].edge(bin + 1), height: height,
          OverfittingProbabilities.nullColour)
      }
      if !edge.isEmpty { area.outline(bins[1], heights[1], OverfittingProbabilities.edgeStroke) }
    }
  }

  /// The same bins in every picture of this kind, so that two can be laid side by side.
  private static let binWidth = RoundStep(notBelow: 0.05)
  /// Of fewer trials, the lowest and the highest would be the quantiles.
  private static let fewestForQuantiles = 20
  private static let nullColour = Colour.strategies
  private static let edgeStroke = Stroke(.vermillion, width: 3.5)

  private func references(_ noise: [Double]) -> [ReferenceLine] {
    let plain = NumberFormat.plain
    let bounded = ReferenceLine(
      value: bound, text: "bound \(plain.text(bound))", stroke: Stroke(.ink, width: 3, dashes: Stroke.dashed))
    guard !noise.isEmpty else { return [bounded] }
    let mean = OverfittingProbabilities.mean(noise)
    let center = ReferenceLine(
      value: mean, text: "mean \(plain.text(mean, decimals: 2))", stroke: Stroke(.training, width: 3))
    guard let ends = OverfittingProbabilities.middle(noise) else { return [center, bounded] }
    let stroke = Stroke(.quiet, width: 2, dashes: Stroke.dotted)
    return [
      ReferenceLine(
        value: ends.lower, text: "5 %: \(plain.text(ends.lower, decimals: 2))", stroke: stroke),
      center, bounded,
      ReferenceLine(
        value: ends.upper, text: "95 %: \(plain.text(ends.upper, decimals: 2))", stroke: stroke),
    ]
  }

  private func legend(_ noise: [Double], _ edge: [Double]) -> [LegendEntry] {
    var entries: [LegendEntry] = []
    if !noise.isEmpty {
      entries.append(
        LegendEntry(
          .swatch(OverfittingProbabilities.nullColour), "without skill: \(Wording.trials(noise.count))"))
    }
    if OverfittingProbabilities.middle(noise) != nil {
      entries.append(LegendEntry(.swatch(Colour.quiet.withOpacity(0.2)), "90 % of these"))
    }
    if let planted, !edge.isEmpty {
      entries.append(
        LegendEntry(
          .line(OverfittingProbabilities.edgeStroke),
          "with \(Wording.shortened(planted.name)): \(Wording.trials(edge.count))"))
    }
    return entries
  }

  private static func defined(_ probabilities: [Double]) -> [Double] {
    probabilities.filter((0...1).contains).sorted()
  }

  /// What 5 % and what 95 % of the sorted `values` do not exceed; nil when there are too few to say.
  private static func middle(_ values: [Double]) -> (lower: Double, upper: Double)? {
    guard values.count >= fewestForQuantiles else { return nil }
    return (Quantiles.quantile(0.05, ofSorted: values), Quantiles.quantile(0.95, ofSorted: values))
  }

  /// The area that two histograms of one area share, from 0 for none to 1 for equal ones.
  static func overlap(_ first: [Double], _ second: [Double]) -> Double {
    let shares = [first, second].map { values in
      Histogram(values, width: binWidth, over: 0...1).counts.map { Double($0) / Double(values.count) }
    }
    return zip(shares[0], shares[1]).reduce(0) { $0 + min($1.0, $1.1) }
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }

  var finding: String {
    let noise = OverfittingProbabilities.defined(null)
    let edge = OverfittingProbabilities.defined(planted?.probabilities ?? [])
    let plain = NumberFormat.plain
    var findings: [String] = []
    if let ends = OverfittingProbabilities.middle(noise) {
      let (lower, upper) = (plain.text(ends.lower, decimals: 2), plain.text(ends.upper, decimals: 2))
      findings.append("without skill PBO lies between \(lower) and \(upper) in 90 % of trials")
    } else if !noise.isEmpty {
      let mean = plain.text(OverfittingProbabilities.mean(noise), decimals: 2)
      findings.append("without skill PBO is \(mean) on average")
    }
    if let planted, !edge.isEmpty {
      let mean = plain.text(OverfittingProbabilities.mean(edge), decimals: 2)
      findings.append("with \(Wording.shortened(planted.name)) it is \(mean) on average")
    }
    let finding = findings.joined(separator: "; ")
    return noise.isEmpty
      ? "Probability of overfitting: " + finding : finding.prefix(1).uppercased() + finding.dropFirst()
  }

  private func subtitle(_ noise: [Double], _ edge: [Double]) -> String {
    let below = noise.count { $0 <= bound }
    var text =
      "PBO is the share of splits in which the in-sample winner is no better than the median out of sample. "
    if !noise.isEmpty {
      text +=
        "At or below the bound, and so wrongly passed, are \(Wording.share(below, of: noise.count)) of the trials "
        + "without skill"
    }
    if !edge.isEmpty {
      text +=
        (noise.isEmpty ? "At or below the bound are " : ", ")
        + "\(Wording.share(edge.count { $0 <= bound }, of: edge.count)) with the edge"
      if !noise.isEmpty {
        text +=
          ". The two overlap by \(NumberFormat.percent.text(OverfittingProbabilities.overlap(noise, edge)))"
      }
    }
    return text
      + Wording.leftOut(null.count - noise.count + (planted?.probabilities.count ?? 0) - edge.count)
  }
}
