export {
  CodePipelineClient,
  CodePipelineServiceException,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
