import FoundationEssentials

/// The command line: a case, a folder with its inputs, and values by key.
struct Arguments {
  let name: String
  private let folder: String
  private let values: [String: String]

  init(_ words: [String]) {
    guard words.count >= 3 else { fatalError("usage: engine CASE FOLDER [KEY=VALUE...]") }
    name = words[1]
    folder = words[2]
    var values: [String: String] = [:]
    for word in words.dropFirst(3) {
      let pair = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { fatalError("\(word): found no \"=\", needed KEY=VALUE") }
      values[pair[0]] = pair[1]
    }
    self.values = values
  }

  subscript(key: String) -> String? { values[key] }

  subscript(key: String, default standard: Int) -> Int {
    guard let text = values[key] else { return standard }
    guard let value = Int(text) else { fatalError("\(key): found \"\(text)\", needed a whole number") }
    return value
  }

  /// The numbers in a file of the folder, as they lie in memory.
  func numbers<Number: BitwiseCopyable>(_ file: String, as type: Number.Type) throws -> [Number] {
    let data = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
    return data.withUnsafeBytes { Array($0.bindMemory(to: type)) }
  }
}
