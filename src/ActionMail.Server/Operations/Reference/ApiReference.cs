using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ActionMail.Server.Operations.Reference;

/// <summary>The OpenAPI document as text and as a page shows it, made once: the routes of a running server do not change, and anybody may ask.</summary>
internal sealed class ApiReference
{
    private readonly Lazy<Task<Made>> _made;

    public ApiReference([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider documents) => _made = new(() => MakeAsync(documents));

    public async Task<byte[]> JsonAsync() => (await _made.Value).Json;

    public async Task<ReferenceView> ViewAsync() => (await _made.Value).View;

    // Whoever asks first may go away; the others still wait.
    private static async Task<Made> MakeAsync(IOpenApiDocumentProvider documents)
    {
        var document = await documents.GetOpenApiDocumentAsync(CancellationToken.None);
        var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return new(json.ToArray(), ReferenceView.Of(document));
    }

    private sealed record Made(byte[] Json, ReferenceView View);
}
