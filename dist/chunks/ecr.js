import { awsOptions } from "./client.js";
// src/platforms/images/ecr.ts
async function describeEcrImage({ account, region }, { repository, tag, digest }, times) {
	const { DescribeImagesCommand, ECRClient } = await import("./aws.js");
	const client = new ECRClient(awsOptions(region, times));
	const imageId = digest === void 0 ? { imageTag: tag } : { imageDigest: digest };
	try {
		const { imageDetails = [] } = await client.send(new DescribeImagesCommand({
			registryId: account,
			repositoryName: repository,
			imageIds: [imageId]
		}));
		return imageDetails[0]?.imageDigest;
	} catch (error) {
		if (error instanceof Error && /^(?:Image|Repository)NotFoundException$/.test(error.name)) return void 0;
		throw error;
	} finally {
		client.destroy();
	}
}
export { describeEcrImage };
