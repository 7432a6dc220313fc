function Test-Import {
    if ($null -eq (Start-Import '"DryRun": true' -Unless 'DryRunOperation')) {
        Write-Output 'These credentials may make this import.'
    }
}
