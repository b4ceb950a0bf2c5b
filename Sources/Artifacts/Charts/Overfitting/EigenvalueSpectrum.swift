/// The picture of how alike the strategies are: the eigenvalues of the correlations of their returns.
public struct EigenvalueSpectrum: Sendable {
  /// One estimate of how many independent strategies there are.
  public struct EffectiveNumber: Equatable, Sendable {
    /// The name of the estimate, as "eigenvalues".
    public let name: String
    /// The number, between 1 and the number of strategies.
    public let value: Double

    /// See the properties of the same names.
    public init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The eigenvalues of the correlation matrix, one a strategy, in any order. What is not finite is left out and counted.
  public let eigenvalues: [Double]
  /// How many bars the correlations are made of.
  public let bars: Int
  /// How many strategies those with an eigenvalue were drawn from; nil when they are all.
  public let drawnFrom: Int?
  /// Estimates of the effective number of strategies. One that is not finite is left out.
  public let effective: [EffectiveNumber]
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(
    eigenvalues: [Double], bars: Int, drawnFrom: Int? = nil, effective: [EffectiveNumber] = [],
    title: String? = nil
  ) {
    self.eigenvalues = eigenvalues
    self.bars = bars
    self.drawnFrom = drawnFrom
    self.effective = effective
    self.title = title
  }

  /// The picture as a PNG file of 1,600 × 900 pixels; the same values give the same bytes.
  ///
  /// - Parameter context: what was looked at, in one line at the foot of the picture.
  /// - Throws: `ChartError` when the font or the memory for it is missing.
  public func png(context: String = "") throws(ChartError) -> [UInt8] {
    try Canvas.png(context: context, draw)
  }

  /// What the largest eigenvalue of uncorrelated returns of equal variance tends to, (1 + √(M/T))² for M strategies and T
  /// bars; NaN without bars.
  ///
  /// Reference: Marčenko & Pastur 1967, "Distribution of eigenvalues for some sets of random matrices".
  var upperEdge: Double {
    let root = (Double(eigenvalues.count) / Double(bars)).squareRoot()
    return bars > 0 ? (1 + root) * (1 + root) : .nan
  }

  /// An eigenvalue below this share of the largest is zero but for rounding, in single precision.
  private static let smallestShare = 1e-6

  func draw(on canvas: Canvas) {
    let finite = eigenvalues.filter(\.isFinite).sorted(by: >)
    guard let largest = finite.first, largest > 0 else {
      let room = Heading(title: title ?? "The strategies have no correlations").draw(on: canvas)
      let reason = eigenvalues.isEmpty ? "there are no eigenvalues" : "no eigenvalue is above zero"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let positive = finite.filter { $0 > largest * EigenvalueSpectrum.smallestShare }
    let heading = Heading(
      title: title ?? finding, subtitle: subtitle(zeros: finite.count - positive.count), legend: legend)
    let ranks = positive.indices.map { Double($0 + 1) }
    let frame = Frame(
      in: heading.draw(on: canvas),
      x: Axis(
        Scale(.logarithmic, covering: ranks, padding: 0.02), title: "rank of the eigenvalue (log scale)",
        isWhole: true),
      y: Axis(
        Scale(.logarithmic, covering: positive + [upperEdge, 1], padding: 0.05),
        title: "eigenvalue (log scale)"))
    frame.draw(on: canvas) { area in
      let above = upperEdge.isFinite ? positive.count { $0 > upperEdge } : 0
      area.horizontalLine(at: upperEdge, EigenvalueSpectrum.edgeStroke)
      for (index, eigenvalue) in positive.enumerated().reversed() {
        let center = area.point(ranks[index], eigenvalue)
        canvas.fillCircle(center, radius: index < above ? 6.5 : 4, index < above ? .training : .market)
      }
    }
  }

  private static let edgeStroke = Stroke(.ink, width: 2, dashes: Stroke.dashed)

  private var above: Int { eigenvalues.count { $0.isFinite && $0 > upperEdge } }

  private var legend: [LegendEntry] {
    [
      LegendEntry(.dot(.training), "above the bound: \(NumberFormat.count(above))"),
      LegendEntry(.dot(.market), "up to the bound"),
    ]
      + (upperEdge.isFinite
        ? [
          LegendEntry(
            .line(EigenvalueSpectrum.edgeStroke),
            "bound for many even, independent returns, \(NumberFormat.plain.text(upperEdge))")
        ] : [])
  }

  var finding: String {
    let numbers = effective.map(\.value).filter(\.isFinite)
    let strategies = Wording.strategies(drawnFrom ?? eigenvalues.count)
    guard let least = numbers.min(), let most = numbers.max() else {
      return "\(NumberFormat.count(above)) of \(NumberFormat.count(eigenvalues.count)) eigenvalues exceed "
        + "what many even, independent returns would reach"
    }
    let texts = [least, most].map(Wording.quantity)
    return "\(strategies) vary like \(NumberFormat.range(texts[0], texts[1])) independent ones"
  }

  private func subtitle(zeros: Int) -> String {
    var text = "Eigenvalues of the correlations of \(Wording.strategies(eigenvalues.count))"
    if let drawnFrom { text += ", a sample of \(NumberFormat.count(drawnFrom))," }
    text += " over \(NumberFormat.count(bars)) bars"
    let numbers = effective.filter(\.value.isFinite).map {
      "\($0.name) \(Wording.quantity($0.value))"
    }
    if !numbers.isEmpty { text += "; independent ones by \(numbers.joined(separator: ", "))" }
    text += ". All near 1: every strategy is its own trial. A steep fall: many copies of few"
    if zeros > 0 { text += "; \(NumberFormat.count(zeros)) at zero not shown" }
    return text + Wording.leftOut(eigenvalues.count { !$0.isFinite })
  }
}
