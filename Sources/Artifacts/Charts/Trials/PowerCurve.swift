/// The picture of what the statistics can find: the share of trials in which a planted edge was seen, against its size.
public struct PowerCurve: Sendable {
  /// How often one criterion saw the edge.
  public struct Criterion: Equatable, Sendable {
    /// What counts as found, as "DSR > 0.95".
    public let name: String
    /// One share for each of the edges, between 0 and 1, with its binomial interval of 95 %.
    public let found: [Estimate]

    /// See the properties of the same names.
    public init(name: String, found: [Estimate]) {
      self.name = name
      self.found = found
    }
  }

  /// The sizes of the planted edge in basis points a bar, ascending; 0 is no edge.
  public let edges: [Double]
  /// The criteria, one line each. An undefined share has no dot.
  public let criteria: [Criterion]
  /// How many trials each share is made of.
  public let trials: Int
  /// The share that may be found where there is no edge.
  public let level: Double
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// The share of trials beyond which an edge counts as found, by common usage.
  private static let usualPower = 0.8

  /// See the properties of the same names.
  ///
  /// - Precondition: every criterion has as many shares as there are edges.
  public init(
    edges: [Double], criteria: [Criterion], trials: Int, level: Double = 0.05, title: String? = nil
  ) {
    precondition(criteria.allSatisfy { $0.found.count == edges.count })
    self.edges = edges
    self.criteria = criteria
    self.trials = trials
    self.level = level
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
    let known = edges.indices.filter { place in
      edges[place].isFinite && criteria.contains { $0.found[place].value.isFinite }
    }
    guard !known.isEmpty else {
      let room = Heading(title: title ?? "No edge was looked for").draw(on: canvas)
      let reason =
        edges.isEmpty || criteria.isEmpty ? "there are no trials" : "every share is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let room = Heading(title: title ?? finding, subtitle: subtitle, legend: legend).draw(on: canvas)
    let frame = Frame(
      in: room,
      x: Axis(
        Scale(covering: known.map { edges[$0] }, padding: 0.04),
        title: "planted edge, basis points a bar (0: none)"),
      y: Axis(
        Scale(covering: [0, 1], padding: 0.02), title: "share of trials that found an edge", format: .percent)
    )
    frame.draw(on: canvas) { area in
      area.horizontalLine(at: level, PowerCurve.levelStroke)
      // A few pixels apart, or the bars of equal shares would hide one another.
      let pixel = (area.x.upper - area.x.lower) / area.box.width
      for (index, criterion) in criteria.enumerated() {
        let shift = (Double(index) - Double(criteria.count - 1) / 2) * 9 * pixel
        let places = edges.map { $0 + shift }
        let colour = PowerCurve.colour(of: index)
        area.line(places, criterion.found.map(\.value), Stroke(colour, width: 3))
        for (place, share) in zip(places, criterion.found) { area.estimate(at: place, share, colour) }
      }
    }
  }

  private static let levelStroke = Stroke(.ink, width: 2, dashes: Stroke.dashed)

  private static func colour(of criterion: Int) -> Colour {
    Colour.series[criterion % Colour.series.count]
  }

  private var legend: [LegendEntry] {
    let lines = criteria.enumerated().map { index, criterion in
      LegendEntry(
        .line(Stroke(PowerCurve.colour(of: index), width: 4)), Wording.shortened(criterion.name))
    }
    let level = NumberFormat.percent.text(level)
    return lines + [LegendEntry(.line(PowerCurve.levelStroke), "\(level), allowed without an edge")]
  }

  /// The smallest edge that a sound criterion finds often enough, or how far the best of them came.
  var finding: String {
    let sound = criteria.filter(keepsLevel)
    guard !sound.isEmpty else {
      return "No criterion keeps to \(NumberFormat.percent.text(level)) of trials without an edge"
    }
    let sizes = edges.indices.filter { edges[$0] > 0 }
    let found = sizes.compactMap { place in PowerCurve.strongest(of: sound, at: place).map { (place, $0) } }
    guard let (place, best) = found.first(where: { $0.1.share >= PowerCurve.usualPower }) ?? found.last else {
      return "How often an edge is found where there is none"
    }
    let size =
      edges[place] == 1 ? "1 basis point" : "\(Wording.quantity(edges[place])) basis points"
    let limit = best.share >= PowerCurve.usualPower ? "" : "no more than "
    return "An edge of \(size) a bar is found in \(limit)\(NumberFormat.percent.text(best.share)) of trials, "
      + "by \(best.name)"
  }

  /// Whether the share found without an edge may be as low as the level; unknown is taken for yes.
  private func keepsLevel(_ criterion: Criterion) -> Bool {
    guard let none = edges.firstIndex(of: 0) else { return true }
    let share = criterion.found[none]
    return !((share.lower.isFinite ? share.lower : share.value) > level)
  }

  private static func strongest(of criteria: [Criterion], at place: Int) -> (name: String, share: Double)? {
    criteria.map { (Wording.shortened($0.name), $0.found[place].value) }.filter { $0.1.isFinite }
      .max { $0.1 < $1.1 }
  }

  private var subtitle: String {
    var text =
      "\(Wording.trials(trials)) for each dot, with its 95 % interval. Good: at or below the dashed line without "
      + "an edge, near 100 % for edges worth having"
    if let none = edges.firstIndex(of: 0), let worst = PowerCurve.strongest(of: criteria, at: none) {
      text +=
        ". Without an edge \(worst.name) finds one in \(NumberFormat.percent.text(worst.share)) of trials"
    }
    return text + Wording.leftOut(criteria.reduce(0) { $0 + $1.found.count { !$0.value.isFinite } })
  }
}
