/** Hosted zones of Route 53 in moto. */

/**
 * Creates a hosted zone and returns its id.
 * @param vpcId the VPC of a private zone; undefined for a public zone
 */
export async function createHostedZone(endpoint: string, name: string, vpcId?: string): Promise<string> {
  const scope = 'testing/20260101/us-east-1/route53/aws4_request'
  const vpc =
    vpcId === undefined
      ? ''
      : `<VPC><VPCId>${vpcId}</VPCId><VPCRegion>us-east-1</VPCRegion></VPC>
        <HostedZoneConfig><PrivateZone>true</PrivateZone></HostedZoneConfig>`
  const response = await fetch(`${endpoint}/2013-04-01/hostedzone`, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: `
      <CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
        <Name>${name}</Name><CallerReference>test</CallerReference>
        ${vpc}
      </CreateHostedZoneRequest>
    `,
  })
  const text = await response.text()
  const id = /<Id>\/hostedzone\/([^<]+)</.exec(text)?.[1]
  if (id === undefined) throw new Error(`Route 53 created no hosted zone: ${response.status} ${text}`)
  return id
}
