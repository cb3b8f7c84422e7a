using ActionMail.Sdk;

namespace Groups;

/// <summary>The sample's signing key: made at the first start, readable by its owner only, with the public half beside it.</summary>
public static class SigningKeyFile
{
    public static SigningKey OpenOrCreate(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, "signing-key.pem");
        if (File.Exists(path))
            return SigningKey.FromPem(File.ReadAllText(path));
        var key = SigningKey.CreateRsa();
        WritePrivate(path, key.ToPem());
        File.WriteAllText(PublicKeyPath(dataFolder), key.PublicKey.RsaKeyValue);
        return key;
    }

    public static string PublicKeyPath(string dataFolder) => Path.Combine(dataFolder, "signing-key.pub.xml");

    // Written beside and renamed: a start that is cut short leaves no half of a key.
    private static void WritePrivate(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(path + ".new", options))
            file.Write(pem);
        File.Move(path + ".new", path);
    }
}
