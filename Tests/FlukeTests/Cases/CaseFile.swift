import TestSupport

/// Small files in shapes that people really have, with made-up numbers; what is right for each stands in its test.
enum CaseFile {
  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/Cases"

  /// Where the file of this name lies.
  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Runs the program on the file: each argument that is `FILE` becomes its path, and every `FILE:name` the path of
  /// another one. What the run writes is removed with its folder.
  static func run(_ arguments: String, on name: String) throws -> Program.Ending {
    let folder = try TemporaryFolder()
    let words = arguments.split(separator: " ").map { word -> String in
      if word == "FILE" { return path(name) }
      return word.hasPrefix("FILE:") ? path(String(word.dropFirst(5))) : String(word)
    }
    return try Program.run(words, in: folder.path)
  }
}

extension Program.Ending {
  /// The winner's Sharpe ratio as `stats` prints it: the first number that follows on these words.
  var sharpe: String? {
    let words = output.split { $0.isWhitespace }
    let place = words.indices.dropFirst(2).first {
      words[$0 - 2] == "Sharpe" && words[$0 - 1] == "ratio" && Double(words[$0]) != nil
    }
    return place.map { String(words[$0]) }
  }
}
