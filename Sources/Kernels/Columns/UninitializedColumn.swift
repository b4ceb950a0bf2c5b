extension [Double] {
  /// A column over `bars` bars that is undefined before bar `first` and written by `body` from there on, which gets the
  /// address of bar 0 and is not called where nothing is left to write.
  init(bars: Int, undefinedBefore first: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) {
    unsafe self.init(unsafeUninitializedCapacity: bars) { column, count in
      count = bars
      for bar in 0..<Swift.min(first, bars) { unsafe column[bar] = .nan }
      guard first < bars, let column = column.baseAddress else { return }
      unsafe body(column)
    }
  }
}
