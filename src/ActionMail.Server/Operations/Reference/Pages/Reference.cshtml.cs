using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Operations.Reference.Pages;

/// <summary>
/// The API reference, drawn here from the OpenAPI document: plain pages that need no script, load nothing from elsewhere and are under the same content policy as all the
/// others, which the ready-made viewers with their inline scripts and fonts could not be (decision 0025).
/// </summary>
internal sealed class ReferenceModel(ApiReference reference) : PageModel
{
    internal ReferenceView Reference { get; private set; } = null!;

    public async Task OnGetAsync() => Reference = await reference.ViewAsync();
}
