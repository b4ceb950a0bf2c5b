/// Many points at once: as dots while they can be told apart, as a map of their density beyond that.
extension PlotArea {
  /// More points than this cover one another, and dots would hide how many.
  static let dotLimit = 5_000

  /// The colours of the density map, from one point to the fullest cell.
  static func densityRamp(_ colour: Colour, steps: Int) -> [Colour] {
    (0..<steps).map { densityColour(colour, fraction: Double($0) / Double(max(1, steps - 1))) }
  }

  private static func densityColour(_ colour: Colour, fraction: Double) -> Colour {
    let light = colour.mixed(with: .paper, fraction: 0.55)
    let dark = colour.mixed(with: Colour(0x00132E), fraction: 0.8)
    return fraction < 0.5
      ? light.mixed(with: colour, fraction: fraction * 2)
      : colour.mixed(with: dark, fraction: fraction * 2 - 1)
  }

  /// The points whose two values are finite and inside of the area.
  ///
  /// - Precondition: as many `xs` as `ys`.
  func scatter(_ xs: some Collection<Double>, _ ys: some Collection<Double>, _ colour: Colour) {
    precondition(xs.count == ys.count)
    if xs.count <= PlotArea.dotLimit {
      let radius = xs.count < 1_000 ? 5.0 : 3.5
      let translucent = colour.withOpacity(xs.count < 100 ? 0.9 : 0.5)
      for (xValue, yValue) in zip(xs, ys) where x.contains(xValue) && y.contains(yValue) {
        canvas.fillCircle(point(xValue, yValue), radius: radius, translucent)
      }
      return
    }
    let side = 4.0
    let columns = max(1, Int((box.width / side).rounded(.up)))
    let rows = max(1, Int((box.height / side).rounded(.up)))
    var counts = Array(repeating: 0, count: columns * rows)
    for (xValue, yValue) in zip(xs, ys) where x.contains(xValue) && y.contains(yValue) {
      let place = point(xValue, yValue)
      let column = min(columns - 1, max(0, Int((place.x - box.minX) / side)))
      let row = min(rows - 1, max(0, Int((place.y - box.minY) / side)))
      counts[row * columns + column] += 1
    }
    // Logarithms, or one crowded cell would leave the rest as pale as single points.
    let fullest = DecimalPowers.logarithm(Double(max(2, counts.max() ?? 0)))
    let left = box.minX.rounded()
    let top = box.minY.rounded()
    for (index, count) in counts.enumerated() where count > 0 {
      let cellX = left + Double(index % columns) * side
      let cellY = top + Double(index / columns) * side
      canvas.fill(
        Box(minX: cellX, minY: cellY, maxX: cellX + side, maxY: cellY + side),
        PlotArea.densityColour(colour, fraction: DecimalPowers.logarithm(Double(count)) / fullest))
    }
  }

  /// What the legend says of `count` points.
  static func scatterEntry(_ count: Int, _ colour: Colour, one: String, many: String) -> LegendEntry {
    count > dotLimit
      ? LegendEntry(.ramp(densityRamp(colour, steps: 11)), "\(many), few to many")
      : LegendEntry(.dot(colour.withOpacity(0.6)), one)
  }
}
