using ActionMail.Protocol.Providers.Submissions;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A field for an image, with the one that is kept already.</summary>
internal sealed record ImageView(ImagePurpose Purpose, FormField Field, string? Url);
