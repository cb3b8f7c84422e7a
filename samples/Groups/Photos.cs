using System.Collections.Frozen;

namespace Groups;

/// <summary>The portraits, small enough to travel inside a card: nothing is fetched when the mail is read.</summary>
public sealed class Photos
{
    private readonly FrozenDictionary<string, string> _dataUris;

    public Photos(string folder) => _dataUris = Directory.EnumerateFiles(folder, "*.png").ToFrozenDictionary(
        file => Path.GetFileNameWithoutExtension(file),
        file => $"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(file))}",
        StringComparer.Ordinal);

    public string DataUri(string name) => _dataUris[name];
}
