/// Marks for figures that come with an interval, and for distribution functions.
extension PlotArea {
  /// The room between two curves over the same `xs`; nothing where a value is undefined.
  ///
  /// - Precondition: as many of all three.
  func ribbon(_ xs: [Double], from lower: [Double], to upper: [Double], _ colour: Colour) {
    precondition(xs.count == lower.count && xs.count == upper.count)
    var run: [Int] = []
    func fill() {
      if run.count == 1 {
        canvas.draw(
          [point(xs[run[0]], lower[run[0]]), point(xs[run[0]], upper[run[0]])], Stroke(colour, width: 14))
      } else if !run.isEmpty {
        canvas.fill(
          run.map { point(xs[$0], lower[$0]) } + run.reversed().map { point(xs[$0], upper[$0]) }, colour)
      }
      run = []
    }
    for index in xs.indices {
      if xs[index].isFinite && lower[index].isFinite && upper[index].isFinite {
        run.append(index)
      } else {
        fill()
      }
    }
    fill()
  }

  /// A background between two values of the vertical axis.
  func rowBand(from lower: Double, to upper: Double, _ colour: Colour) {
    let top = point(x.lower, upper).y
    canvas.fill(
      Box(minX: box.minX, minY: top, maxX: box.maxX, maxY: max(top, point(x.lower, lower).y)), colour)
  }

  /// A dot with a bar over its interval.
  ///
  /// An interval that is undefined has no bar, a value that is undefined no mark at all.
  func estimate(at xValue: Double, _ estimate: Estimate, _ colour: Colour) {
    guard xValue.isFinite && estimate.value.isFinite else { return }
    let center = point(xValue, estimate.value)
    if estimate.lower.isFinite && estimate.upper.isFinite {
      let (top, bottom) = (point(xValue, estimate.upper).y, point(xValue, estimate.lower).y)
      let stroke = Stroke(colour, width: 2)
      canvas.draw([Point(x: center.x, y: top), Point(x: center.x, y: bottom)], stroke)
      for row in [top, bottom] {
        canvas.draw([Point(x: center.x - 6, y: row), Point(x: center.x + 6, y: row)], stroke)
      }
    }
    canvas.fillCircle(center, radius: 8.5, .paper)
    canvas.fillCircle(center, radius: 6.5, colour)
  }

  /// A bar from `lower` to `upper` near the top of the area, on white so that it is seen before any data.
  func topInterval(from lower: Double, to upper: Double, _ colour: Colour) {
    guard lower.isFinite && upper.isFinite else { return }
    let row = box.minY + 26
    let (left, right) = (point(lower, y.lower).x, point(upper, y.lower).x)
    let lines = [
      [Point(x: left, y: row), Point(x: right, y: row)],
      [Point(x: left, y: row - 9), Point(x: left, y: row + 9)],
      [Point(x: right, y: row - 9), Point(x: right, y: row + 9)],
    ]
    for stroke in [Stroke(.paper, width: 8), Stroke(colour, width: 3)] {
      for line in lines { canvas.draw(line, stroke) }
    }
  }

  /// The step function that has the value `ys[i]` from `xs[i]` on, `before` to the left of the first and goes on to the
  /// right end of the area.
  ///
  /// - Precondition: as many `xs`, which ascend, as `ys`.
  func steps(_ xs: [Double], _ ys: [Double], before: Double = 0, _ stroke: Stroke) {
    precondition(xs.count == ys.count)
    var corners = (xs: [x.lower], ys: [before])
    for (xValue, yValue) in zip(xs, ys) {
      corners.xs += [xValue, xValue]
      corners.ys += [corners.ys[corners.ys.count - 1], yValue]
    }
    corners.xs.append(x.upper)
    corners.ys.append(corners.ys[corners.ys.count - 1])
    line(corners.xs, corners.ys, stroke)
  }
}

extension PlotArea {
  /// The outline of bins as high as `heights`, which leaves what is behind it to be seen.
  func outline(_ bins: Histogram, _ heights: [Double], _ stroke: Stroke) {
    let edges = (0...heights.count).map(bins.edge)
    steps(edges, heights + [0], stroke)
  }
}
