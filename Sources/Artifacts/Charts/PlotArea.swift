/// The room between two axes, where values become places and data become marks.
struct PlotArea {
  let canvas: Canvas
  let box: Box
  let x: Scale
  let y: Scale

  /// The place of a pair of values. What is far outside is held near the area, as Cairo's coordinates are bounded.
  func point(_ xValue: Double, _ yValue: Double) -> Point {
    Point(
      x: box.minX + box.width * min(max(x.fraction(xValue), -4), 5),
      y: box.maxY - box.height * min(max(y.fraction(yValue), -4), 5))
  }

  /// A background between two values of the horizontal axis.
  func band(from start: Double, to end: Double, _ colour: Colour) {
    canvas.fill(
      Box(minX: point(start, y.lower).x, minY: box.minY, maxX: point(end, y.lower).x, maxY: box.maxY), colour)
  }

  /// A horizontal line across the area; none at an undefined value.
  func horizontalLine(at value: Double, _ stroke: Stroke) {
    guard value.isFinite else { return }
    let row = point(x.lower, value).y.rounded() + 0.5
    canvas.draw([Point(x: box.minX, y: row), Point(x: box.maxX, y: row)], stroke)
  }

  /// A bar between two values of the horizontal axis, from zero to `height`. One that is not zero shows, however low.
  func bar(from start: Double, to end: Double, height: Double, _ colour: Colour) {
    let first = point(start, height)
    let last = point(end, 0)
    // Whole pixels: no seams between neighbours, nor half-lit edges. White between them where there is room for it.
    let left = first.x.rounded()
    let right = last.x.rounded()
    let gap = right - left > 6 ? 1.0 : 0
    let length = height == 0 ? 0 : max(abs(first.y - last.y), 1.5)
    let top = height > 0 ? last.y - length : last.y
    canvas.fill(
      Box(minX: left, minY: top, maxX: max(right - gap, left + 1), maxY: top + length), colour)
  }

  /// The line through the points in order; an undefined value interrupts it, a value between two such is a dot.
  ///
  /// - Precondition: as many `xs` as `ys`.
  func line(_ xs: [Double], _ ys: [Double], _ stroke: Stroke) {
    precondition(xs.count == ys.count)
    var run: [Point] = []
    for (xValue, yValue) in zip(xs, ys) {
      if xValue.isFinite && yValue.isFinite {
        run.append(point(xValue, yValue))
      } else if !run.isEmpty {
        canvas.draw(PlotArea.thinned(run), stroke)
        run = []
      }
    }
    if !run.isEmpty { canvas.draw(PlotArea.thinned(run), stroke) }
  }

  /// The straight line `intercept + slope · x` from end to end of the area; clipping does the rest.
  func straightLine(intercept: Double, slope: Double, _ stroke: Stroke) {
    precondition(x.kind == .linear && y.kind == .linear, "a straight line needs linear scales")
    // Both ends are moved onto the area first, which keeps the slope exact however steep the line.
    var ends = [x.lower, x.upper]
    if slope != 0 {
      let crossings = [(y.lower - intercept) / slope, (y.upper - intercept) / slope].sorted()
      ends = [max(x.lower, crossings[0]), min(x.upper, crossings[1])]
      guard ends[0] < ends[1] else { return }
    }
    canvas.draw(ends.map { point($0, intercept + slope * $0) }, stroke)
  }

  /// At most four points for each column of pixels (first, lowest, highest, last), which draw the same line.
  private static func thinned(_ points: [Point]) -> [Point] {
    guard points.count > 4_000 else { return points }
    var kept: [Point] = []
    var start = 0
    while start < points.count {
      let column = points[start].x.rounded(.down)
      var end = start
      var lowest = start
      var highest = start
      while end < points.count, points[end].x.rounded(.down) == column {
        if points[end].y < points[lowest].y { lowest = end }
        if points[end].y > points[highest].y { highest = end }
        end += 1
      }
      var previous = -1
      for index in [start, min(lowest, highest), max(lowest, highest), end - 1] where index != previous {
        kept.append(points[index])
        previous = index
      }
      start = end
    }
    return kept
  }
}
